package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import org.junit.jupiter.api.Test;

/**
 * What is said of a user with targets: the words of its own phone system are not lost in theirs.
 */
@OnEachStore
class TargetReportsTest extends PhonesAndDesk {
  private static final String ERROR = "/" + RunningBridge.PBX_URN + "/provisioning/lastError";
  private static final String OWN = "/" + RunningBridge.PBX_URN + "/ownProvisioning";
  private static final String RESEND = "must be sent again";

  TargetReportsTest(TestStore store) {
    super(store);
  }

  /** Nobody is at work on it, and the target has nothing to say. */
  @Test
  void aLeaverWithAValueThatDoesNotFitIsNotSaidToBeSynced() {
    String bob = scim.createUser("bob", "'displayName':'Bob'").is(201).id();
    String tooLong = "[{'type':'work','formatted':'" + "a".repeat(200) + "'}]";
    String moves = "{'op':'replace','path':'addresses','value':" + tooLong + "}";

    change(bob, LEAVES + "," + moves).is(200);

    assertThat(state(shown(bob))).isEqualTo("blocked");
  }

  @Test
  void lostPasswordsGoOnBeingSaidWhileTargetsFollow() {
    String bob = scim.createUser("bob", "'password':'" + PASSWORD + "'").is(201).id();
    on(phones).delete("bob");
    change(bob, "{'op':'replace','path':'displayName','value':'Bobby'}").is(200);
    assertThat(shown(bob).at(ERROR)).contains(RESEND);

    change(bob, "{'op':'replace','path':'displayName','value':'Robert'}").is(200);

    assertThat(shown(bob).at(ERROR)).contains(RESEND);
    assertThat(state(shown(bob))).isEqualTo("synced");
  }

  @Test
  void whatTheOwnPhoneSystemSaysStandsApartWhileATargetIsBehind() {
    String ada = scim.createUser("ada", AGENT + ",'password':'" + PASSWORD + "'").is(201).id();
    on(phones).delete("ada");
    fails(new Fault.Reset());

    change(ada, "{'op':'replace','path':'displayName','value':'Countess'}").is(200);

    assertThat(state(shown(ada))).isEqualTo("pending");
    assertThat(shown(ada).at(ERROR)).contains(RESEND).contains("desk: ");
    assertThat(shown(ada).at(OWN + "/state")).isEqualTo("synced");
    assertThat(shown(ada).at(OWN + "/lastError")).contains(RESEND).doesNotContain("desk: ");
    desk.faults().replace();
    awaitSynced(ada);
    assertThat(shown(ada).at(ERROR)).contains(RESEND).doesNotContain("desk: ");
    assertThat(shown(ada).json().at(OWN).isMissingNode()).isTrue();
  }
}
