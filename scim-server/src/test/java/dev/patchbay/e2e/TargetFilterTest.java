package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another filter in the settings of a target: who goes and who comes by it. */
@OnEachStore
class TargetFilterTest extends PhonesAndDesk {
  private static final int MANY = 11;

  private final List<String> agents = new ArrayList<>();

  TargetFilterTest(TestStore store) {
    super(store);
  }

  @BeforeEach
  void manyAgents() {
    for (int i = 0; i < MANY; i++) {
      agents.add(scim.createUser("agent" + i, "'userType':'agent'").is(201).id());
    }
  }

  private String bosses() {
    return targets().replace("\"agent\"", "\"boss\"");
  }

  @Test
  void whomItConcernsIsPendingFromTheStart() throws IOException {
    String boss = scim.createUser("bob", "'userType':'boss'").is(201).id();
    String ann = scim.createUser("ann").is(201).id();
    fails(new Fault.Reset());

    reopen(bosses());

    assertThat(state(shown(boss))).isEqualTo("pending");
    assertThat(agents).allMatch(it -> state(shown(it)).equals("pending"));
    assertThat(state(shown(ann))).isEqualTo("synced");
  }

  @Test
  void veryManyWhoGoByItWaitForAnOperator() throws IOException {
    String boss = scim.createUser("bob", "'userType':'boss'").is(201).id();
    reopen(bosses());

    awaitSynced(boss);
    awaitHeld(agents);
    assertThat(on(desk).users()).hasSize(MANY + 1);
    var brakes = operators("GET", "/brakes").is(200).json().path("items");
    assertThat(brakes).hasSize(1);
    assertThat(brakes.get(0).path("tenant").asText()).isEqualTo("office.desk");
    assertThat(brakes.get(0).path("wanted").asInt()).isEqualTo(MANY);
    operators("POST", "/brakes/office.desk/filter/release").is(204);

    await().atMost(PATIENCE).until(() -> on(desk).users().size() == 1);
    agents.forEach(this::awaitSynced);
  }

  @Test
  void whoIsHeldThereFollowsTheTenantAllTheSame() throws IOException {
    reopen(bosses());
    awaitHeld(agents);

    assertThat(state(change(agents.getFirst(), LEAVES).is(200))).isEqualTo("pending");
    scim.delete("/Users/" + agents.getLast()).is(204);

    assertThat(on(desk).user("agent0").path("enabled").asBoolean()).isFalse();
    assertThat(on(desk).users("agent" + (MANY - 1))).isEmpty();
    assertThat(on(desk).users()).hasSize(MANY - 1);
  }

  @Test
  void theOldFilterAgainReleasesEverybody() throws IOException {
    reopen(bosses());
    awaitHeld(agents);

    reopen(targets());

    agents.forEach(this::awaitSynced);
    assertThat(on(desk).users()).hasSize(MANY);
    assertThat(operators("GET", "/brakes").is(200).json().path("items")).isEmpty();
  }

  /** As one whose name somebody else had there: nothing of it was begun. */
  @Test
  void whoWasRefusedAndIsNotChosenAnyMoreIsDone() throws IOException {
    desk.faults().replace(FaultRule.on("POST", "/api/users", new Fault.Status(400)));
    String ada = scim.createUser("ada", AGENT).is(201).id();
    assertThat(state(shown(ada))).isEqualTo("blocked");
    bridge.close();
    sql("UPDATE followed SET name = '' WHERE entry_id = '" + ada + "'");

    open(bosses());

    awaitSynced(ada);
  }

  private void awaitHeld(List<String> ids) {
    var error = "/" + RunningBridge.PBX_URN + "/provisioning/lastError";
    await()
        .atMost(PATIENCE)
        .until(() -> ids.stream().allMatch(it -> shown(it).at(error).contains("safety brake")));
  }
}
