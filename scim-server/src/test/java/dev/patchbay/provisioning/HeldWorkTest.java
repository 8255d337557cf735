package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.elsewhere;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the safety brake holds, and what else happens to the same person meanwhile. */
@OnEachStore
class HeldWorkTest {
  private static final String RETURN = "{'op':'add','value':{'active':true,'displayName':'A.'}}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;

  HeldWorkTest(TestStore store) {
    this.store = store;
  }

  /** One person may go; ada is the second. */
  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.set("busy-wait: 0s\nbrake: { inbound: true, at-least: 1, percent: 0, window: P1D }");
    ada = office.user("ada");
    office.patch(office.user("first"), LEAVE);
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private void held() {
    office.patch(ada, LEAVE);
    assertThat(enabled()).isTrue();
  }

  private boolean enabled() {
    return office.pbx.named("ada").orElseThrow().enabled();
  }

  private boolean active() {
    return office.read(ada).resource().path("active").asBoolean(true);
  }

  private void release() {
    new SafetyBrake("office", office.database(), office.clock)
        .release(SafetyBrake.Kind.INBOUND, "kim");
    office.rest();
  }

  /** The process dies after the PBX took what came with the return. */
  private void unansweredReturn() {
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(ada, RETURN));
    office.clock.advance(Duration.ofHours(1));
  }

  @Test
  void aSecondDeactivationTakesBackAReturnThatNobodyWasToldOf() {
    held();
    unansweredReturn();

    office.patch(ada, LEAVE);
    release();

    assertThat(active()).isFalse();
    assertThat(enabled()).isFalse();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeactivationThatIsHeldIsKeptOverAReturnThatCouldNotBeDone() {
    held();
    office.pbx.down(true);
    putOff(() -> office.patch(ada, RETURN));
    office.pbx.down(false);

    release();

    assertThat(active()).isFalse();
    assertThat(enabled()).isFalse();
  }

  @Test
  void whatIsKeptBecauseAnotherWriteIsUnderWayIsHeld() {
    office.pbx.during(
        PbxCall.UpdateUser.class, () -> elsewhere(() -> putOff(() -> office.patch(ada, LEAVE))));
    putOff(() -> office.patch(ada, NAME));
    office.rest();

    assertThat(active()).isFalse();
    assertThat(enabled()).isTrue();

    release();

    assertThat(enabled()).isFalse();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsKeptBecauseAnotherWriteIsUnderWayIsHeld() {
    office.pbx.during(
        PbxCall.UpdateUser.class, () -> elsewhere(() -> putOff(() -> office.delete(ada))));
    putOff(() -> office.patch(ada, NAME));
    office.rest();

    assertThat(enabled()).isTrue();

    release();

    assertThat(office.pbx.named("ada")).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whatAnOperatorTakesBackIsNoMoreHeld() {
    held();

    office.provisioner().cancel(ada.id(), "kim");
    office.rest();

    assertThat(active()).isTrue();
    assertThat(enabled()).isTrue();
    assertThat(office.openPlans()).isZero();
    release();
    assertThat(enabled()).isTrue();
  }

  @Test
  void whatAnOperatorTriesAgainIsNoMoreHeld() {
    held();

    office.provisioner().retry(ada.id(), true);
    office.rest();

    assertThat(enabled()).isFalse();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionOfWhoIsHeldIsHeld() {
    held();

    putOff(() -> office.delete(ada));
    office.rest();
    assertThat(enabled()).isTrue();
    release();

    assertThat(office.pbx.named("ada")).isEmpty();
    assertThat(office.openPlans()).isZero();
  }
}
