package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two users exchange their Microsoft 365 ids: one waits until the other gave it up. */
@OnEachStore
class SwappedIdsTest {
  private static final String A = "a@b.example";
  private static final String B = "b@b.example";
  private static final String UNBIND =
      "{'op':'remove','path':'" + ResourceTypes.PBX_USER + ":ms365'}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;

  SwappedIdsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void twoAreBound() {
    office = new Office(store.open(directory));
    ada = office.user("ada", "," + ms365(A));
    bob = office.user("bob", "," + ms365(B));
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void twoRequestsExchangeThem() {
    var waiting = office.patch(ada, to(B));
    assertThat(Provisioning.state(waiting)).isEqualTo("pending");
    assertThat(Provisioning.error(waiting)).contains("another user still has");

    assertThat(Provisioning.state(office.patch(bob, to(A)))).isEqualTo("synced");
    office.later(Duration.ZERO);

    bound("ada", B);
    bound("bob", A);
    settled();
  }

  @Test
  void threeMayTakeTurns() {
    var cid = office.user("cid", "," + ms365("c@b.example"));
    office.patch(ada, to(B));
    office.patch(bob, to("c@b.example"));
    office.patch(cid, to(A));
    office.later(Duration.ofSeconds(1));

    bound("ada", B);
    bound("bob", "c@b.example");
    bound("cid", A);
    settled();
  }

  @Test
  void whoeverHasItMayGoOrGiveItUp() {
    office.patch(ada, to(B));
    office.delete(bob);
    office.later(Duration.ofSeconds(1));

    bound("ada", B);
    settled();
  }

  @Test
  void itIsBoundNoSoonerThanTheOtherIsKnownToBeUnbound() {
    office.patch(ada, to(B));
    office.pbx.spoil(PbxCall.UnbindMicrosoft365.class, Fault.LATE);
    Office.putOff(() -> office.patch(bob, UNBIND));
    office.later(Duration.ofSeconds(1));
    assertThat(bound("ada")).isEmpty();

    office.later(Office.QUIET.plusSeconds(5));
    office.later(Duration.ofSeconds(1));

    bound("ada", B);
    settled();
  }

  @Test
  void whoWaitsInVainIsBlockedAfterADay() {
    office.patch(ada, to(B));
    office.rest();
    assertThat(office.state(ada)).isEqualTo("pending");
    for (int hour = 0; hour < 24; hour++) {
      office.later(Duration.ofHours(1));
    }

    assertThat(office.state(ada)).isEqualTo("blocked");
    assertThat(Provisioning.error(office.read(ada))).contains("another user kept");
    assertThat(Provisioning.state(office.patch(ada, NAME))).isEqualTo("blocked");
    office.patch(bob, UNBIND);
    assertThat(Provisioning.state(office.patch(ada, to(B)))).isEqualTo("synced");
    bound("ada", B);
    settled();
  }

  @Test
  void onlyOneWaitsForAnId() {
    var cid = office.user("cid");
    office.patch(ada, to(B));

    assertThatThrownBy(() -> office.patch(cid, to(B)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("another user waits for it");
    assertThatThrownBy(() -> office.user("dan", "," + ms365(B)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is taken");
  }

  @Test
  void whatTheHoldersBindingWaitsForKeepsTheIdTaken() {
    office.pbx.spoil(PbxCall.BindMicrosoft365.class, Fault.REJECTED);
    var dan = office.user("dan", "," + ms365("d@b.example"));
    assertThat(Provisioning.state(dan)).isEqualTo("blocked");
    var cid = office.user("cid");

    assertThat(Provisioning.state(office.patch(ada, to("d@b.example")))).isEqualTo("pending");
    assertThatThrownBy(() -> office.patch(cid, to("d@b.example")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("another user waits for it");
    assertThatThrownBy(() -> office.user("eve", "," + ms365("d@b.example")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is taken");
  }

  @Test
  void whoeverGotItJustNowHasIt() {
    office.patch(ada, to(B));
    office.pbx.spoil(PbxCall.BindMicrosoft365.class, Fault.UNAVAILABLE);
    office.patch(bob, UNBIND);
    var cid = office.user("cid");

    assertThat(Provisioning.state(office.patch(cid, to(B)))).isEqualTo("pending");
    assertThatThrownBy(() -> office.user("dan", "," + ms365(B)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is taken");
  }

  @Test
  void whoThinksBetterOfItWaitsNoLonger() {
    office.patch(ada, to(B));
    office.patch(ada, to(A));
    bound("ada", A);

    office.patch(bob, UNBIND);
    office.user("cid", "," + ms365(B));
    bound("cid", B);
    settled();
  }

  @Test
  void whoWasToldToComeBackDoesNotWait() {
    office.pbx.spoil(PbxCall.UnbindMicrosoft365.class, Fault.UNAVAILABLE);
    Office.putOff(() -> office.patch(ada, to(B)));
    office.rest();
    bound("ada", A);

    office.patch(bob, UNBIND);
    office.user("cid", "," + ms365(B));
    bound("cid", B);
    settled();
  }

  @Test
  void anOperatorTakesTheWaitBack() {
    office.patch(ada, to(B));
    office.provisioner().cancel(ada.id(), "op");
    office.later(Duration.ofSeconds(1));

    bound("ada", A);
    settled();
  }

  @Test
  void whoWaitsMayLeave() {
    office.patch(ada, to(B));
    office.delete(ada);
    office.patch(bob, UNBIND);
    office.user("cid", "," + ms365(B));

    bound("cid", B);
    settled();
  }

  @Test
  void aDeadProcessLeavesTheSwapToTheNext() {
    office.pbx.spoil(PbxCall.UnbindMicrosoft365.class, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(ada, to(B)));
    assertThat(Provisioning.state(office.patch(bob, to(A)))).isEqualTo("pending");
    office.rest();

    bound("ada", B);
    bound("bob", A);
    settled();
  }

  private static String ms365(String id) {
    return "'" + ResourceTypes.PBX_USER + "':{'ms365':{'id':'" + id + "'}}";
  }

  private static String to(String id) {
    return "{'op':'add','value':{" + ms365(id) + "}}";
  }

  private Optional<String> bound(String name) {
    return office.pbx.named(name).orElseThrow().get(PbxField.MICROSOFT365);
  }

  private void bound(String name, String id) {
    assertThat(bound(name)).as(name).contains(id);
  }

  private void settled() {
    assertThat(office.openPlans()).isZero();
    long unsettled =
        office
            .database()
            .read(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from reservation where waiter is not null or settled ="
                                + " 0")
                        .mapTo(Long.class)
                        .one());
    assertThat(unsettled).isZero();
  }
}
