package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bridge and PBX end and start again on the same files. */
@OnEachStore
class RestartTest {
  private final TestStore store;
  @TempDir private Path directory;

  private RunningBridge bridge;

  RestartTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void start() {
    bridge = RunningBridge.on(store, directory);
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void everythingIsStillThere() {
    var scim = bridge.scim();
    var ada = scim.createUser("ada@corp.example", "'displayName':'Ada','title':'Countess'");
    var bob = scim.createUser("bob@corp.example", "'active':false");
    var sales = scim.createGroup("Sales", ada.id(), bob.id());

    bridge.restart();

    assertThat(bridge.scim().get("/Users/" + ada.id()).at("/title")).isEqualTo("Countess");
    assertThat(version("/Users/", ada)).isEqualTo(ada.at("/meta/version"));
    assertThat(version("/Users/", bob)).isEqualTo(bob.at("/meta/version"));
    assertThat(version("/Groups/", sales)).isEqualTo(sales.at("/meta/version"));
    bridge.assertBothSidesAgree();
  }

  private String version(String type, Answer created) {
    return bridge.scim().get(type + created.id()).is(200).at("/meta/version");
  }

  @Test
  void whatIsThereCanBeChangedWithoutBeingCreatedAgain() {
    var scim = bridge.scim();
    var ada = scim.createUser("ada@corp.example", "'displayName':'Ada'").id();
    var sales = scim.createGroup("Sales", ada).id();
    bridge.restart();

    bridge
        .scim()
        .patch("/Users/" + ada, "{'op':'replace','path':'displayName','value':'Al'}")
        .is(200);
    bridge.scim().removeMember(sales, ada).isDone();

    assertThat(bridge.pbx().user("ada").path("display_name").asText()).isEqualTo("Al");
    bridge.assertBothSidesAgree();
  }

  @Test
  void aNumberIsNotGivenOutTwice() {
    bridge.scim().createUser("ada@corp.example").is(201);
    bridge.restart();

    bridge.scim().createUser("bob@corp.example").is(201);

    bridge.assertBothSidesAgree();
  }

  @Test
  void aNameThatIsTakenStaysTaken() {
    bridge.scim().createUser("ada@corp.example").is(201);
    bridge.restart();

    bridge.scim().createUser("Ada@corp.example").isError(409, "uniqueness");
  }

  @Test
  void aLeaverWhomThePbxDidNotDisableIsDisabledAfterwards() {
    var ada = bridge.scim().createUser("ada@corp.example").id();
    breakPbx("/api/users/.+");
    bridge
        .scim()
        .patch("/Users/" + ada, "{'op':'replace','path':'active','value':false}")
        .isRetry(503);
    assertThat(bridge.openWork()).containsExactly(ada);

    bridge.restart();

    bridge.settled();
    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
    bridge.assertBothSidesAgree();
  }

  @Test
  void aDeleteThatThePbxDidNotAnswerIsDoneAfterwards() {
    var ada = bridge.scim().createUser("ada@corp.example").id();
    breakPbx("/api/users/.+");
    bridge.scim().delete("/Users/" + ada).isRetry(503);

    bridge.restart();

    bridge.settled();
    assertThat(bridge.pbx().users()).isEmpty();
    bridge.scim().get("/Users/" + ada).isError(404);
  }

  @Test
  void aCreateThatWasLostLeavesNobodyOnThePbx() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.DropAfterCommit()));
    bridge.scim().createUser("ada@corp.example").isRetry(503);
    assertThat(bridge.pbx().users("ada")).hasSize(1);

    bridge.restart();

    bridge.settled();
    assertThat(bridge.pbx().users()).isEmpty();
  }

  @Test
  void aCreateThatWasLostIsTakenUpByTheSameRequest() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.DropAfterCommit()));
    bridge.scim().createUser("ada@corp.example").isRetry(503);
    bridge.restart();

    Answer again = bridge.scim().createUser("ada@corp.example");

    again.is(201);
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void aMemberThatThePbxDidNotTakeOutIsTakenOutAfterwards() {
    var ada = bridge.scim().createUser("ada@corp.example").id();
    var sales = bridge.scim().createGroup("Sales", ada).id();
    breakPbx("/api/groups/.+");
    bridge.scim().removeMember(sales, ada).isRetry(503);

    bridge.restart();

    bridge.settled();
    assertThat(bridge.pbx().members(bridge.pbx().groups("Sales").getFirst())).isEmpty();
    bridge.assertBothSidesAgree();
  }

  /** For as long as this PBX runs. */
  private void breakPbx(String path) {
    bridge.emulator().faults().replace(FaultRule.on("POST", path, new Fault.Status(500)));
  }
}
