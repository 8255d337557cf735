package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** An identity provider that puts very many people out at once waits for an operator. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class InboundBrakeTest {
  private static final String LEAVES = "{'op':'replace','path':'active','value':false}";
  private static final String RETURNS = "{'op':'replace','path':'active','value':true}";
  private static final int ALLOWED = 3;

  @Parameter TestStore store;
  private final List<String> users = new ArrayList<>();
  private RunningBridge bridge;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge =
        RunningBridge.with(
            store, directory, "policy: { brake: { inbound: true, at-least: 3, percent: 0 } }");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  /** Five people, of whom three may go. */
  @BeforeEach
  void create() {
    for (int i = 0; i < 5; i++) {
      users.add(bridge.scim().createUser("user" + i).is(201).id());
    }
  }

  @AfterEach
  void empty() {
    for (String user : users) {
      release();
      bridge.scim().delete("/Users/" + user);
    }
    release();
    bridge.settled();
    users.clear();
  }

  private Answer release() {
    return bridge.operator().send("POST", "/brakes/office/inbound/release", Optional.empty());
  }

  private Answer patch(int user, String operation) {
    return bridge.scim().patch("/Users/" + users.get(user), operation);
  }

  private void putOut(int from, int to) {
    for (int i = from; i < to; i++) {
      patch(i, LEAVES).is(200);
    }
  }

  private long enabled() {
    return bridge.pbx().users().stream().filter(it -> it.path("enabled").asBoolean()).count();
  }

  private String state(int user) {
    return bridge.scim().get("/Users/" + users.get(user)).at(RunningBridge.STATE);
  }

  @Test
  void whoIsOneTooManyIsPendingUntilAnOperatorHasLooked() {
    putOut(0, ALLOWED);

    var held = patch(3, LEAVES).is(200);

    assertThat(held.at("/active")).isEqualTo("false");
    assertThat(held.at(RunningBridge.STATE)).isEqualTo("pending");
    assertThat(enabled()).isEqualTo(2);
    assertThat(bridge.openWork()).containsExactly(users.get(3));
    var brake = bridge.operator().send("GET", "/brakes", Optional.empty()).json().at("/items/0");
    assertThat(brake.path("kind").asText()).isEqualTo("inbound");
    assertThat(brake.path("allowed").asInt()).isEqualTo(ALLOWED);

    release().is(204);

    bridge.settled();
    assertThat(enabled()).isEqualTo(1);
    assertThat(state(3)).isEqualTo("synced");
  }

  @Test
  void whatIsHeldSurvivesARestart() {
    putOut(0, ALLOWED + 1);

    bridge.restart();

    assertThat(enabled()).isEqualTo(2);
    patch(4, LEAVES).is(200);
    assertThat(enabled()).isEqualTo(2);
    release().is(204);
    bridge.settled();
    assertThat(enabled()).isZero();
  }

  @Test
  void anOperatorMayLetOnePersonGo() {
    putOut(0, ALLOWED);
    patch(3, LEAVES).is(200);
    patch(4, LEAVES).is(200);

    bridge.operator().send("POST", "/work/" + users.get(3) + "/retry", Optional.empty()).is(204);

    await("the deactivation").until(() -> enabled() == 1);
    assertThat(bridge.pbx().user("user4").path("enabled").asBoolean()).isTrue();
  }

  @Test
  void whoIsHeldMayReturn() {
    putOut(0, ALLOWED + 1);

    patch(3, RETURNS).is(200);

    assertThat(state(3)).isEqualTo("synced");
    assertThat(bridge.openWork()).isEmpty();
    release().is(204);
    assertThat(enabled()).isEqualTo(2);
  }

  @Test
  void nothingElseIsSentForWhoIsHeld() {
    putOut(0, ALLOWED + 1);

    patch(3, "{'op':'add','path':'displayName','value':'Somebody else'}").isRetry(503);
    patch(3, LEAVES).is(200);

    assertThat(enabled()).isEqualTo(2);
    assertThat(bridge.pbx().user("user3").path("display_name").asText()).isEqualTo("user3");
  }

  @Test
  void aDeletionThatIsHeldIsNotClaimedToBeDone() {
    putOut(0, ALLOWED);
    var sales = bridge.scim().createGroup("Sales", users.get(3)).is(201).id();

    bridge.scim().delete("/Users/" + users.get(3)).isRetry(503);

    assertThat(bridge.pbx().users("user3")).hasSize(1);
    assertThat(bridge.pbx().members(bridge.pbx().groups("Sales").getFirst())).hasSize(1);
    assertThat(bridge.scim().get("/Users/" + users.get(3)).at("/active")).isEqualTo("false");
    release().is(204);
    await("the deletion").until(() -> bridge.pbx().users("user3").isEmpty());
    bridge.settled();
    bridge.scim().delete("/Groups/" + sales).is(204);
  }
}
