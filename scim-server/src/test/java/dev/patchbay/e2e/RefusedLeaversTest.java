package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody leaves, or loses something, in a request that is refused for something else; 4 s. */
@Timeout(60)
class RefusedLeaversTest {
  private static final String URN = "urn:ietf:params:scim:schemas:extension:xelion:2.0:User";
  private static final String STRANGE = "'%s':{'lines':[{'value':'12'}]}".formatted(URN);
  private static final String GOES = "{'op':'replace','path':'active','value':false}";
  private static final String NO_ROLE = "{'op':'remove','path':'roles'}";

  @TempDir private Path directory;
  private RunningBridge bridge;
  private String ada;

  @BeforeEach
  void start() {
    bridge = RunningBridge.in(directory);
    ada = bridge.scim().createUser("ada", "'roles':[{'value':'QueueManager'}]").is(201).id();
    assertThat(role()).isEqualTo("QueueManager");
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  private Answer patch(String operations) {
    return bridge.scim().patch("/Users/" + ada, operations);
  }

  private boolean works() {
    return bridge.pbx().user("ada").path("enabled").asBoolean(true);
  }

  private String role() {
    return bridge.pbx().user("ada").path("role").asText();
  }

  private Answer read() {
    return bridge.scim().get("/Users/" + ada).is(200);
  }

  @Test
  void whoLeavesInAPatchWithWhatThePbxLacksIsOut() {
    var refused = patch(GOES + ",{'op':'add','value':{%s}}".formatted(STRANGE)).isError(501);

    assertThat(refused.at("/detail")).contains(URN).contains("done all the same: active");
    assertThat(works()).isFalse();
    assertThat(read().at("/active")).isEqualTo("false");
    assertThat(read().at(RunningBridge.STATE)).isEqualTo("synced");
  }

  @Test
  void aPathThatNamesItKeepsNobodyIn() {
    String path = "{'op':'%s','path':'%s:lines'%s}";

    patch(path.formatted("add", URN, ",'value':[{'value':'12'}]") + "," + GOES).isError(501);

    assertThat(works()).isFalse();
  }

  @Test
  void whoLeavesInAPutWithWhatThePbxLacksIsOutAndHasNoRole() {
    String body = "{'userName':'ada','displayName':'Adele','active':false,%s}".formatted(STRANGE);

    var refused = bridge.scim().put("/Users/" + ada, body).isError(501);

    assertThat(refused.at("/detail")).contains("done all the same: active, roles");
    assertThat(works()).isFalse();
    assertThat(role()).isEqualTo("StandardUser");
    assertThat(bridge.pbx().user("ada").path("display_name").asText()).isNotEqualTo("Adele");
  }

  @Test
  void aRoleIsTakenAwayAndTheRestOfABulkIsDone() {
    var answers =
        Bulk.of(
                Bulk.patch(
                    "/Users/" + ada, NO_ROLE + ",{'op':'add','value':{%s}}".formatted(STRANGE)),
                Bulk.user("x", "bob"))
            .sendTo(bridge);

    assertThat(Bulk.statuses(answers)).containsExactly("501", "201");
    assertThat(role()).isEqualTo("StandardUser");
    assertThat(works()).isTrue();
  }

  @Test
  void whatTheSenderGotWrongIsRefusedAsAWhole() {
    bridge.scim().createUser("bob").is(201);

    var refused =
        patch("{'op':'replace','path':'userName','value':'bob'}," + GOES)
            .isError(409, "uniqueness");

    assertThat(refused.at("/detail")).doesNotContain("done");
    assertThat(works()).isTrue();
    assertThat(read().at("/active")).isEqualTo("true");
  }

  @Test
  void whatCannotBeDoneNowIsKept() {
    bridge
        .emulator()
        .faults()
        .replace(
            new FaultRule(
                Optional.empty(), Optional.empty(), new Fault.Status(503), OptionalInt.empty()));

    patch(GOES + ",{'op':'add','value':{%s}}".formatted(STRANGE)).is(503);
    bridge.emulator().faults().replace();

    await().atMost(Duration.ofSeconds(30)).until(() -> !works());
    assertThat(read().at("/active")).isEqualTo("false");
  }

  @Test
  void whoTakesNothingAwayIsRefusedAsAWhole() {
    var refused =
        patch(
                "{'op':'replace','path':'displayName','value':'Adele'},{'op':'add','value':{%s}}"
                    .formatted(STRANGE))
            .isError(501);

    assertThat(refused.at("/detail")).doesNotContain("done");
    assertThat(bridge.pbx().user("ada").path("display_name").asText()).isNotEqualTo("Adele");
  }

  @Test
  void aGroupWhoseNewNameIsTakenKeepsItsMembers() {
    bridge.scim().createGroup("Sales").is(201);
    String team = bridge.scim().createGroup("Team", ada).is(201).id();

    bridge
        .scim()
        .put("/Groups/" + team, "{'displayName':'Sales','members':[]}")
        .isError(409, "uniqueness");

    assertThat(bridge.scim().get("/Groups/" + team).is(200).at("/members/0/value")).isEqualTo(ada);
  }
}
