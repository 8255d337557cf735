package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.COME;
import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.elsewhere;
import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator takes back is undone here and on the PBX, never just dropped. */
@OnEachStore
class CancelledWorkTest {
  private static final String OPERATOR = "kim";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  CancelledWorkTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void aKeptDeactivationIsReversed() {
    var ada = office.user("ada");
    office.pbx.down(true);
    putOff(() -> office.patch(ada, LEAVE));

    cancel(ada);
    assertThat(active(ada)).isTrue();
    office.pbx.down(false);
    office.rest();

    assertSyncedAndWorking(ada);
    assertThat(office.pbx.calls()).as("tried once").containsExactly("CreateUser", "UpdateUser");
  }

  @Test
  void aDeactivationThatMayHaveBeenDoneIsReversedOnThePbx() {
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LATE);
    putOff(() -> office.patch(ada, LEAVE));

    cancel(ada);
    office.rest();

    assertSyncedAndWorking(ada);
  }

  @Test
  void whatIsDoneStaysDone() {
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.UNAVAILABLE);
    office.patch(
        ada,
        "{'op':'add','value':{'displayName':'A.','title':'Dr','roles':[{'value':'QueueManager'}]}}");
    assertThat(office.state(ada)).isEqualTo("pending");

    cancel(ada);
    office.rest();

    var resource = office.read(ada).resource();
    assertThat(resource.path("displayName").asText()).isEqualTo("A.");
    assertThat(resource.path("title").asText()).isEqualTo("Dr");
    assertThat(resource.has("roles")).isFalse();
    assertThat(office.state(ada)).isEqualTo("synced");
  }

  @Test
  void aBlockedPartIsGivenUpForGood() {
    var ada = office.user("ada");
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.down(true);
    office.patch(ada, NAME);
    office.pbx.down(false);
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.REJECTED);
    office.rest();
    assertThat(office.state(ada)).isEqualTo("blocked");

    cancel(ada);
    office.rest();

    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.read(ada).resource().has("displayName")).isFalse();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aCreateThatNobodyHeardOfIsRemovedAgain() {
    office.pbx.spoil(PbxCall.CreateUser.class, Fault.CRASH_AFTER);
    office.crash(() -> office.user("ada"));
    var id = office.provisioner().openWork(1).getFirst().work().entryId();

    office.provisioner().cancel(id, OPERATOR);
    office.rest();

    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void anAcceptedCreateIsDeleted() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.down(true);
    var ada = office.user("ada");

    cancel(ada);
    office.pbx.down(false);
    office.rest();

    assertThat(office.pbx.all()).isEmpty();
    assertThat(find(ada)).isEmpty();
    assertThat(office.user("ada").id()).isNotEqualTo(ada.id());
  }

  @Test
  void aKeptDeletionGivesTheUserBackWithItsGroups() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    var board = office.group("Board", ada);
    office.pbx.spoil(call -> call instanceof PbxCall.DeleteUser, Fault.UNAVAILABLE);
    putOff(() -> office.delete(ada)); // it is disabled, and out of its groups
    assertThat(office.pbx.groupMembers().get("Sales")).isEmpty();

    cancel(ada);
    office.rest();

    assertSyncedAndWorking(ada);
    assertThat(office.members(sales)).containsExactly(ada.id());
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
    assertThat(office.pbx.groupMembers().get("Board")).containsExactly("1000");
    assertThat(office.state(board)).isEqualTo("synced");
  }

  @Test
  void whatSomebodyElseTookAwayBesideADeletionStaysAway() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    var board = office.group("Board", ada);
    office.pbx.down(true);
    putOff(() -> office.delete(ada)); // kept; nothing of it is begun
    putOff(() -> office.patch(board, Office.members("remove", ada)));
    office.pbx.down(false);
    office.pbx.spoil(call -> call instanceof PbxCall.DeleteUser, Fault.UNAVAILABLE);
    office.later(Duration.ofSeconds(10));

    cancel(ada);
    office.rest();

    assertSyncedAndWorking(ada);
    assertThat(office.members(sales)).containsExactly(ada.id());
    assertThat(office.members(board)).isEmpty();
    assertThat(office.pbx.groupMembers().get("Board")).isEmpty();
  }

  @Test
  void aDeletionThatMayHaveBeenDoneGivesTheUserBackWithItsNumber() {
    var ada = office.user("ada");
    office.group("Sales", ada);
    office.pbx.spoil(PbxCall.DeleteUser.class, Fault.LOST_AFTER);
    putOff(() -> office.delete(ada));

    cancel(ada);
    office.rest();

    assertSyncedAndWorking(ada);
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void whoeverIsAtItStopsAndTheSenderIsTold() {
    var ada = office.user("ada");
    office.pbx.during(PbxCall.UpdateUser.class, () -> elsewhere(() -> cancel(ada)));

    putOff(() -> office.patch(ada, LEAVE));
    office.rest();

    assertSyncedAndWorking(ada);
  }

  @Test
  void membersAreAsThePbxHasThem() {
    var ada = office.user("ada");
    var bob = office.user("bob");
    var sales = office.group("Sales", ada);
    office.pbx.down(true);
    putOff(() -> office.patch(sales, members("remove", ada)));

    cancel(sales);
    office.pbx.down(false);
    office.rest();

    assertThat(office.members(sales)).containsExactly(ada.id());
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
    office.patch(sales, members("add", bob));
    assertThat(office.members(sales)).containsExactlyInAnyOrder(ada.id(), bob.id());
  }

  @Test
  void aKeptDeletionOfAGroupIsReversed() {
    var sales = office.group("Sales", office.user("ada"));
    office.pbx.down(true);
    putOff(() -> office.delete(sales));

    cancel(sales);
    office.pbx.down(false);
    office.rest();

    assertThat(office.state(sales)).isEqualTo("synced");
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void theSourceThatTookAwayIsNotInTheWayOfAnother() {
    var ada = office.user("ada");
    office.pbx.down(true);
    putOff(() -> office.patch(ada, LEAVE));
    cancel(ada);
    office.pbx.down(false);
    office.rest();

    office.patch(ada, LEAVE);
    office.patch(Office.OTHER, ada, new IfMatch.Any(), COME);

    assertSyncedAndWorking(ada);
  }

  @Test
  void aConfirmedDeletionIsNotReversed() {
    var ada = office.user("ada");
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.down(true);
    office.delete(ada);

    assertThatThrownBy(() -> cancel(ada))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("confirmed");
    office.pbx.down(false);
    office.rest();

    assertThat(office.pbx.all()).isEmpty();
  }

  @Test
  void whereNothingIsOpenThereIsNothingToTakeBack() {
    var ada = office.user("ada");

    assertThatThrownBy(() -> cancel(ada)).isInstanceOf(Refusal.class);
  }

  @Test
  void theLogSaysWhoDidIt() {
    var ada = office.user("ada");
    office.pbx.down(true);
    putOff(() -> office.patch(ada, LEAVE));

    cancel(ada);

    var line = office.database().read(handle -> ProvisioningLog.of(handle, ada.id(), 1)).getFirst();
    assertThat(line.action()).isEqualTo("cancel");
    assertThat(line.source()).isEqualTo(OPERATOR);
  }

  private void cancel(Entry entry) {
    office.provisioner().cancel(entry.id(), OPERATOR);
  }

  private Optional<Entry> find(Entry entry) {
    return office.database().read(handle -> EntryStore.find(handle, entry.id()));
  }

  private boolean active(Entry entry) {
    return office.read(entry).resource().path("active").asBoolean();
  }

  private void assertSyncedAndWorking(Entry ada) {
    assertThat(active(ada)).isTrue();
    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isTrue();
    assertThat(office.openPlans()).isZero();
  }
}
