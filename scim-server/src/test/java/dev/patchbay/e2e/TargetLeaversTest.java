package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who goes, or does not work yet, and may come back: a target goes no further than the tenant. */
@OnEachStore
class TargetLeaversTest extends PhonesAndDesk {
  private static final String BRAKE =
      "\n    policy: { brake: { inbound: true, at-least: 0, percent: 0 } }";
  private static final String RETURNS = "{'op':'replace','path':'active','value':true}";
  private static final String WITH_PASSWORD = AGENT + ",'password':'" + PASSWORD + "'";

  TargetLeaversTest(TestStore store) {
    super(store);
  }

  private static boolean works(PortSipEmulator pbx) {
    return on(pbx).user("ada").path("enabled").asBoolean();
  }

  @Test
  void whomTheBrakeOfTheTenantHoldsIsHeldOnATargetToo() throws IOException {
    reopen(targets() + BRAKE);
    String ada = scim.createUser("ada", AGENT).is(201).id();

    Answer held = change(ada, LEAVES).is(200); // the target was looked at before the answer

    assertThat(works(phones)).isTrue();
    assertThat(works(desk)).isTrue();
    assertThat(held.at(DESK + "/lastError")).contains("brake");
    operators("POST", "/brakes/office/inbound/release").is(204);
    awaitSynced(ada);
    assertThat(works(phones)).isFalse();
    assertThat(works(desk)).isFalse();
  }

  @Test
  void aDeletionThatTheTenantHasNotDoneIsOnlyADeactivationOnATarget() {
    String ada = scim.createUser("ada", WITH_PASSWORD).is(201).id();
    fails(phones, new Fault.Reset());
    scim.delete("/Users/" + ada).isRetry(503);
    await().atMost(PATIENCE).until(() -> !works(desk));
    phones.faults().replace();

    await().atMost(PATIENCE).until(() -> on(desk).users().isEmpty());
    assertThat(on(phones).users()).isEmpty();
  }

  @Test
  void aPasswordOfSomebodyInactiveReachesTheTargetWithThePerson() {
    String ada = scim.createUser("ada", WITH_PASSWORD + ",'active':false").is(201).id();
    assertThat(state(shown(ada))).isEqualTo("synced");
    assertThat(on(desk).users()).isEmpty();

    change(ada, RETURNS).is(200);

    awaitSynced(ada);
    assertThat(works(desk)).isTrue();
    assertThat(on(desk).signsIn("ada", PASSWORD)).isTrue();
  }

  @Test
  void aPasswordThatATargetLostIsSaidThere() {
    String ada = scim.createUser("ada", WITH_PASSWORD).is(201).id();
    on(desk).delete("ada");

    Answer again = change(ada, "{'op':'replace','path':'displayName','value':'Countess'}").is(200);

    assertThat(again.at(DESK + "/lastError")).contains("must be sent again");
    assertThat(state(again)).isEqualTo("synced");
  }

  @Test
  void aDeletionThatTheBrakeHeldAndThatIsTakenBackLeavesTheAccount() throws IOException {
    reopen(targets() + BRAKE);
    String ada = scim.createUser("ada", WITH_PASSWORD).is(201).id();
    scim.delete("/Users/" + ada).isRetry(503);

    operators("POST", "/work/" + ada + "/cancel").is(204);

    awaitSynced(ada);
    assertThat(works(phones)).isTrue();
    assertThat(works(desk)).isTrue();
    assertThat(on(desk).signsIn("ada", PASSWORD)).isTrue();
    assertThat(shown(ada).at("/active")).isEqualTo("true");
  }

  @Test
  void aDeletionThatIsTakenBackWhileTheTenantsOwnIsDownGivesTheAccountBack() {
    String ada = scim.createUser("ada", WITH_PASSWORD).is(201).id();
    fails(phones, new Fault.Reset());
    scim.delete("/Users/" + ada).isRetry(503);
    await().atMost(PATIENCE).until(() -> !works(desk));

    operators("POST", "/work/" + ada + "/cancel").is(204);
    phones.faults().replace();

    awaitSynced(ada);
    assertThat(works(desk)).isTrue();
    assertThat(on(desk).signsIn("ada", PASSWORD)).isTrue();
  }
}
