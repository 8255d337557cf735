package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.COME;
import static dev.patchbay.provisioning.Office.IDP;
import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.json;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A role, a binding or an account of which nobody was told, and a later request that is put off.
 */
@OnEachStore
class WithdrawnAccessTest {
  private static final String ID = ResourceTypes.PBX_USER + ":ms365Id";
  private static final String BIND = "{'op':'add','path':'" + ID + "','value':'a@b.example'}";
  private static final String UNBIND = "{'op':'remove','path':'" + ID + "'}";
  private static final String RISE =
      "{'op':'replace','path':'roles','value':[{'value':'QueueManager'}]}";
  private static final Duration LONG = Duration.ofHours(1); // nobody has it in hands any more

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;

  WithdrawnAccessTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private void unanswered(Class<? extends PbxCall> call, String operation) {
    office.pbx.spoil(call, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(ada, operation));
  }

  private void whileThePbxIsDown(Runnable request) {
    office.clock.advance(LONG);
    office.pbx.down(true);
    putOff(request);
    office.pbx.down(false);
  }

  private void put(String body) {
    office.provisioner().replace(EntryType.USER, IDP, ada.id(), new IfMatch.Any(), json(body));
  }

  private void assertUnbound() {
    office.rest();
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.MICROSOFT365)).isEmpty();
    assertThat(office.read(ada).resource().toString()).doesNotContain("a@b.example");
    assertThat(office.openPlans()).isZero();
    office.user("bob", ",'" + ResourceTypes.PBX_USER + "':{'ms365Id':'a@b.example'}");
  }

  @Test
  void aBindingGivenUpIsKept() {
    unanswered(PbxCall.BindMicrosoft365.class, BIND);

    whileThePbxIsDown(() -> office.patch(ada, UNBIND));

    assertUnbound();
  }

  @Test
  void aBindingGivenUpIsKeptWhileTheBindingIsInHands() {
    unanswered(PbxCall.BindMicrosoft365.class, BIND);

    putOff(() -> office.patch(ada, UNBIND));

    assertUnbound();
  }

  @Test
  void aReplacementWithoutTheIdGivesTheBindingUp() {
    unanswered(PbxCall.BindMicrosoft365.class, BIND);

    whileThePbxIsDown(() -> put("{'userName':'ada'}"));

    assertUnbound();
  }

  @Test
  void aReplacementWithoutTheIdGivesUpABindingThatIsInHands() {
    unanswered(PbxCall.BindMicrosoft365.class, BIND);

    putOff(() -> put("{'userName':'ada'}"));

    assertUnbound();
  }

  @Test
  void aReplacementWithoutTheRoleIsKept() {
    unanswered(PbxCall.ChangeRole.class, RISE);

    whileThePbxIsDown(() -> put("{'userName':'ada'}"));

    office.rest();
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.ROLE)).hasValue("StandardUser");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRoleRemovedIsKept() {
    unanswered(PbxCall.ChangeRole.class, RISE);

    whileThePbxIsDown(() -> office.patch(ada, "{'op':'remove','path':'roles'}"));

    office.rest();
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.ROLE)).hasValue("StandardUser");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionIsKeptOverAReturn() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);

    whileThePbxIsDown(() -> office.delete(ada));

    assertGone(ada);
  }

  @Test
  void theDeletionOfAnAcceptedUserThatThePbxMayHaveIsKept() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.spoil(PbxCall.CreateUser.class, Fault.LATE);
    var bob = office.user("bob");
    assertThat(office.state(bob)).isEqualTo("pending");

    putOff(() -> office.delete(bob));

    assertGone(bob);
  }

  @Test
  void theDeletionOfAnAcceptedUserIsKeptWhileThePbxCannotBeAsked() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.spoil(PbxCall.CreateUser.class, Fault.LOST_AFTER);
    var bob = office.user("bob");

    whileThePbxIsDown(() -> office.delete(bob));

    assertGone(bob);
  }

  @Test
  void theDeletionOfAnAcceptedUserWhomThePbxNeverHadLeavesNothing() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.down(true);
    var bob = office.user("bob");

    office.clock.advance(LONG);
    deleteOrKeep(bob);
    office.pbx.down(false);

    assertGone(bob);
  }

  @Test
  void nothingIsLeftForAnOperatorToTakeBack() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);
    whileThePbxIsDown(() -> office.patch(ada, LEAVE));

    assertThatThrownBy(() -> office.provisioner().cancel(ada.id(), "kim"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("nothing to take back");
    office.provisioner().retry(ada.id(), true);

    office.rest();
    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(office.read(ada).resource().path("active").asBoolean()).isFalse();
  }

  private void deleteOrKeep(Entry entry) {
    try {
      office.delete(entry);
    } catch (TryLater kept) {
      // its sender was told
    }
  }

  private void assertGone(Entry user) {
    office.rest();
    var name = UserTarget.pbxName(user.resource());
    assertThat(office.pbx.named(name)).isEmpty();
    assertThat(office.find(user).filter(it -> it.life().visible())).isEmpty();
    assertThat(office.openPlans()).isZero();
  }
}
