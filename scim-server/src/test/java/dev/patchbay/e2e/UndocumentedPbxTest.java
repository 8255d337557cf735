package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.Otherwise;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole bridge on a PortSIP that is not as is assumed where its vendor says nothing; 12 s. */
@Timeout(60)
class UndocumentedPbxTest {
  private static final String PBX = RunningBridge.PBX_URN;
  private static final String BOUND = "/" + PBX + "/ms365/bound";
  private static final String ERROR = "/" + PBX + "/provisioning/lastError";

  @TempDir private Path directory;
  private Optional<RunningBridge> running = Optional.empty();

  private RunningBridge open(Otherwise... different) {
    var bridge = BridgeSetting.of(TestStore.sqlite(), directory).otherwise(different).open();
    running = Optional.of(bridge);
    return bridge;
  }

  @AfterEach
  void stop() {
    running.ifPresent(RunningBridge::close);
  }

  private static String bound(String id) {
    return "'%s':{'ms365':{'id':'%s'}}".formatted(PBX, id);
  }

  private static String replace(String attributes) {
    return "{'op':'replace','value':{" + attributes + "}}";
  }

  private static void next(RunningBridge bridge, String path, Fault fault) {
    bridge.emulator().faults().replace(FaultRule.on("POST", path, fault).times(1));
  }

  private static void awaitSynced(RunningBridge bridge, String user) {
    await(user)
        .until(() -> bridge.scim().get("/Users/" + user).at(RunningBridge.STATE).equals("synced"));
  }

  @Test
  void aValueThatThePbxKeepsIsNotSaidToBeGone() {
    var bridge = open(Otherwise.NULL_KEEPS);
    String ada =
        bridge
            .scim()
            .createUser("ada", "" + "'phoneNumbers':[{'type':'mobile','value':'+44 20 7946 0000'}]")
            .is(201)
            .id();

    var answer =
        bridge.scim().patch("/Users/" + ada, "{'op':'remove','path':'phoneNumbers'}").isError(501);

    assertThat(answer.at("/detail")).contains("clear-with");
    var shown = bridge.scim().get("/Users/" + ada).is(200);
    assertThat(shown.at("/phoneNumbers/0/value")).isEqualTo("+44 20 7946 0000");
    assertThat(bridge.pbx().user("ada").path("mobile_phone").asText())
        .isEqualTo("+44 20 7946 0000");
    bridge.settled();
  }

  @Test
  void aLeaverIsOutWhateverElseThePbxKeeps() {
    var bridge = open(Otherwise.NULL_KEEPS);
    String ada =
        bridge
            .scim()
            .createUser("ada", "'phoneNumbers':[{'type':'mobile','value':'1'}]")
            .is(201)
            .id();

    var answer =
        bridge
            .scim()
            .patch(
                "/Users/" + ada,
                replace("'active':false") + ",{'op':'remove','path':'phoneNumbers'}");

    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    await("work to end or to be told")
        .until(() -> !bridge.pbx().user("ada").path("enabled").asBoolean(true));
    assertThat(bridge.scim().get("/Users/" + ada).at("/active")).isEqualTo("false");
    assertThat(bridge.pbx().user("ada").path("mobile_phone").asText()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "BIND_TWICE_REFUSED, dropAfterCommit",
    "BIND_REPLACES, dropAfterCommit",
    "UNBOUND_400, reset"
  })
  void aBindingThatWasNotAnsweredIsMade(Otherwise different, String fault) {
    var bridge = open(different);
    next(
        bridge,
        ".*/ms365_binding",
        fault.equals("reset") ? new Fault.Reset() : new Fault.DropAfterCommit());

    String ada = bridge.scim().createUser("ada", bound("ada@corp.example")).is(201).id();

    awaitSynced(bridge, ada);
    assertThat(bridge.scim().get("/Users/" + ada).at(BOUND)).isEqualTo("true");
    bridge.pbx().stranger("eve", "5000");
    assertThat(bindByHand(bridge, "eve", "ada@corp.example")).isEqualTo(400);
  }

  private static int bindByHand(RunningBridge bridge, String name, String id) {
    String path = "/api/users/" + bridge.pbx().user(name).path("id").asText() + "/ms365_binding";
    return bridge
        .pbx()
        .http()
        .with("Content-Type", "application/json")
        .send("POST", path, Optional.of("{\"id\":\"" + id + "\"}"))
        .status();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNBOUND_400", "UNBOUND_OK"})
  void anUnbindingThatWasNotAnsweredEnds(Otherwise different) {
    var bridge = open(different);
    String ada = bridge.scim().createUser("ada", bound("ada@corp.example")).is(201).id();
    String grace = bridge.scim().createUser("grace", bound("grace@corp.example")).is(201).id();
    String unbind = replace("'%s':{'ms365':null}".formatted(PBX));
    next(bridge, ".*/ms365_binding/destroy", new Fault.DropAfterCommit());
    assertThat(bridge.scim().patch("/Users/" + ada, unbind).status()).isIn(200, 503);

    await("ada's second try")
        .until(
            () -> bridge.scim().get("/Users/" + ada).at(RunningBridge.STATE),
            it -> !it.equals("pending"));

    // Another one tells what is answered where there is none.
    bridge.scim().patch("/Users/" + grace, unbind).is(200);
    bridge.operator().send("POST", "/work/" + ada + "/unblock", Optional.empty());

    bridge.settled();
    assertThat(bridge.scim().get("/Users/" + ada).at(BOUND)).isNotEqualTo("true");
  }

  @Test
  void aRefusedBindingLeavesThatOfAnAdministrator() {
    var bridge = open();
    String ada = bridge.scim().createUser("ada").is(201).id();
    assertThat(bindByHand(bridge, "ada", "by.hand@corp.example")).isEqualTo(200);

    bridge
        .scim()
        .patch("/Users/" + ada, replace(bound("ada@corp.example")))
        .isError(400, "invalidValue");

    bridge.settled();
    bridge.pbx().stranger("eve", "5000");
    assertThat(bindByHand(bridge, "eve", "by.hand@corp.example")).isEqualTo(400);
  }

  @Test
  void anIdThatThePbxKeepsOfALeaverIsToldOfWhoeverHasItNext() {
    var bridge = open(Otherwise.BINDINGS_STAY);
    String ada = bridge.scim().createUser("ada", bound("ada@corp.example")).is(201).id();
    bridge.scim().delete("/Users/" + ada).is(204);
    bridge.settled();

    var again = bridge.scim().createUser("ada", bound("ada@corp.example")).is(201);

    assertThat(again.at(RunningBridge.STATE)).isEqualTo("blocked");
    assertThat(again.at(BOUND)).isNotEqualTo("true");
    assertThat(again.at(ERROR)).contains("BindMicrosoft365");
  }

  @Test
  void nobodyInheritsAMembership() {
    var bridge = open(Otherwise.MEMBERSHIPS_STAY);
    String ada = bridge.scim().createUser("ada").is(201).id();
    bridge.scim().createGroup("Sales", ada).is(201);
    String number = bridge.pbx().extension("ada");

    bridge.scim().delete("/Users/" + ada).is(204);
    bridge.settled();
    bridge.pbx().stranger("eve", number);

    assertThat(bridge.pbx().members(bridge.pbx().groups("Sales").getFirst())).isEmpty();
  }

  @Test
  void aGroupIsMadeOnceWhereNamesAreShared() {
    var bridge = open(Otherwise.GROUP_NAMES_SHARED);
    next(bridge, "/api/groups", new Fault.DropAfterCommit());

    var lost = bridge.scim().createGroup("Sales");
    if (lost.status() != 201) {
      bridge.settled();
      bridge.scim().createGroup("Sales").isDone();
    }

    bridge.settled();
    assertThat(bridge.pbx().groups("Sales")).hasSize(1);
  }

  @Test
  void aPinThatThePbxDoesNotTakeIsRefused() {
    var bridge = open(Otherwise.NO_DESCENDING_PINS);

    bridge
        .scim()
        .createUser("ada", "'%s':{'voicemailPin':'983210'}".formatted(PBX))
        .isError(400, "invalidValue");
    bridge.scim().createUser("grace").is(201);

    bridge.settled();
    assertThat(bridge.pbx().users()).hasSize(1);
  }
}
