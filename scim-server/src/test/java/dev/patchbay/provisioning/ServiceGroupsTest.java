package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that stand for a call queue, in which somebody is whom the directory does not know. */
@OnEachStore
class ServiceGroupsTest {
  private static final String STRANGER = "7777";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;

  ServiceGroupsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.pbx.queue("q1", "Support", STRANGER);
    ada = office.user("ada"); // 1000
    bob = office.user("bob"); // 1001
    office.pbx.calls();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private Entry queue(String name, String target, Entry... users) {
    return office.groupOf(name, "callQueue", target, users);
  }

  private static void assertRefused(Refusal.Kind kind, String detail, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> {
              assertThat(no.kind()).isEqualTo(kind);
              assertThat(no.detail()).contains(detail);
            });
  }

  @Test
  void everybodyJoinsInOneCallAndWhoWasThereStays() {
    var support = queue("Support", "q1", ada, bob);

    assertThat(office.pbx.calls()).containsExactly("ChangeMembers");
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", "1001", STRANGER);
    assertThat(office.state(support)).isEqualTo("synced");
  }

  @Test
  void whoComesAndWhoGoesIsOneCall() {
    var support = queue("Support", "q1", ada);
    office.pbx.calls();

    office.patch(support, members("replace", bob));

    assertThat(office.pbx.calls()).containsExactly("ChangeMembers");
    assertThat(office.pbx.inQueue("q1")).containsExactly("1001", STRANGER);
  }

  @Test
  void aRenameIsNoCall() {
    var support = queue("Support", "q1", ada);
    office.pbx.calls();

    office.patch(support, Office.NAME);

    assertThat(office.pbx.calls()).isEmpty();
    assertThat(office.state(support)).isEqualTo("synced");
  }

  @Test
  void aQueueThatIsNotThereIsRefused() {
    assertRefused(
        Refusal.Kind.INVALID_VALUE,
        "target: the pbx has no callQueue 'q9'",
        () -> queue("X", "q9"));

    assertThat(office.openPlans()).isZero();
    assertThat(queue("X", "q1")).isNotNull(); // the name is free
  }

  @Test
  void aKindThePbxLacksIsRefused() {
    assertRefused(
        Refusal.Kind.INVALID_VALUE,
        ":kind' must be one of",
        () -> office.groupOf("X", "line", "1"));
    assertRefused(Refusal.Kind.INVALID_VALUE, "target", () -> office.groupOf("X", "callQueue", ""));
  }

  @Test
  void aQueueIsOneGroupsAlone() {
    var support = queue("Support", "q1", ada);

    assertRefused(Refusal.Kind.UNIQUENESS, "target", () -> queue("Other", "q1", bob));
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", STRANGER);
    office.delete(support);

    queue("Other", "q1", bob);
    assertThat(office.pbx.inQueue("q1")).containsExactly("1001", STRANGER);
  }

  @Test
  void kindAndTargetAreFixed() {
    var support = queue("Support", "q1", ada);

    for (String attribute : new String[] {"kind", "target"}) {
      var change =
          "{'op':'replace','path':'"
              + ResourceTypes.PBX_GROUP
              + ":"
              + attribute
              + "','value':'bridge'}";
      assertRefused(Refusal.Kind.MUTABILITY, attribute, () -> office.patch(support, change));
    }
  }

  @Test
  void deletingTheGroupTakesItsMembersOutAndNobodyElse() {
    var support = queue("Support", "q1", ada, bob);
    office.pbx.calls();

    office.delete(support);

    assertThat(office.pbx.calls()).containsExactly("ChangeMembers");
    assertThat(office.pbx.inQueue("q1")).containsExactly(STRANGER);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsPutOffIsNotForgotten() {
    var support = queue("Support", "q1", ada, bob);
    office.pbx.down(true);
    putOff(() -> office.delete(support));
    office.pbx.down(false);

    office.rest();

    assertThat(office.pbx.inQueue("q1")).containsExactly(STRANGER);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsTakenBackLeavesEverybodyIn() {
    var support = queue("Support", "q1", ada, bob);
    office.pbx.spoil(PbxCall.ChangeMembers.class, Fault.LOST_AFTER);
    putOff(() -> office.delete(support));

    office.provisioner().cancel(support.id(), "kim");
    office.rest();

    assertThat(office.members(support)).containsExactlyInAnyOrder(ada.id(), bob.id());
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", "1001", STRANGER);
    assertThat(office.state(support)).isEqualTo("synced");
  }

  @Test
  void whoIsDeletedLeaves() {
    var support = queue("Support", "q1", ada, bob);

    office.delete(ada);

    assertThat(office.members(support)).containsExactly(bob.id());
    assertThat(office.pbx.inQueue("q1")).containsExactly("1001", STRANGER);
  }

  @Test
  void whoeverIsRefusedKeepsNobodyElseOut() {
    var support = queue("Support", "q1");
    refuseHerAlone();

    assertRefused(
        Refusal.Kind.INVALID_VALUE,
        "these took effect: 1 members",
        () -> office.patch(support, members("add", ada, bob)));

    assertThat(office.members(support)).containsExactly(bob.id());
    assertThat(office.pbx.inQueue("q1")).containsExactly("1001", STRANGER);
  }

  @Test
  void whoeverIsRefusedKeepsNobodyIn() {
    var support = queue("Support", "q1", bob);
    refuseHerAlone();
    office.pbx.calls();

    assertThatThrownBy(() -> office.patch(support, members("replace", ada)))
        .isInstanceOf(Refusal.class);

    assertThat(office.pbx.calls()).hasSize(3);
    assertThat(office.pbx.inQueue("q1")).containsExactly(STRANGER);
  }

  /** The PBX takes her neither with others nor by herself. */
  private void refuseHerAlone() {
    for (int time = 0; time < 2; time++) {
      office.pbx.spoil(
          call -> call instanceof PbxCall.ChangeMembers change && change.joining().contains("1000"),
          Fault.REJECTED);
    }
  }

  @Test
  void whoeverIsLostKeepsNobodyElseOut() {
    var support = queue("Support", "q1");
    office.pbx.lose("ada");

    office.patch(support, members("add", ada, bob));

    assertThat(office.state(support)).isEqualTo("pending");
    assertThat(office.pbx.inQueue("q1")).containsExactly("1001", STRANGER);
    office.rest();
    assertThat(office.state(support)).isEqualTo("synced");
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", "1001", STRANGER);
  }

  @Test
  void whoeverIsLostKeepsNobodyIn() {
    var support = queue("Support", "q1", bob);
    office.pbx.lose("ada");

    office.patch(support, members("replace", ada));

    assertThat(office.pbx.inQueue("q1")).containsExactly(STRANGER);
    office.rest();
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", STRANGER);
  }

  @Test
  void aCrashAmongThemLosesNobody() {
    office.pbx.spoil(PbxCall.ChangeMembers.class, Fault.CRASH_LATE);

    office.crash(() -> queue("Support", "q1", ada, bob));
    office.rest();

    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", "1001", STRANGER);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aLostQueueIsSaidToBeGone() {
    var support = queue("Support", "q1", ada);
    office.pbx.loseQueue("q1");

    assertRefused(Refusal.Kind.CONFLICT, "gone", () -> office.patch(support, members("add", bob)));
    office.patch(support, members("remove", ada));

    assertThat(office.state(support)).isEqualTo("orphaned");
    assertThat(office.members(support)).isEmpty();
    office.delete(support);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRuleGivesAGroupItsKind() {
    office.map("groups: [ { display-name: 'queue (.+)', kind: callQueue, target: '$1' } ]");

    var support = office.group("Queue q1", ada);

    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", STRANGER);
    var extension = office.read(support).resource().path(ResourceTypes.PBX_GROUP);
    assertThat(extension.path("kind").asText()).isEqualTo("callQueue");
    assertThat(extension.path("target").asText()).isEqualTo("q1");
    assertThat(office.pbx.groupMembers()).doesNotContainKey("Queue q1");
    office.patch(support, Office.NAME); // it stays what it is
    office.patch(support, members("add", bob));
    assertThat(office.pbx.inQueue("q1")).contains("1001");
  }

  @Test
  void whatARequestSaysItselfCounts() {
    office.map("groups: [ { display-name: '.*', kind: callQueue, target: q1 } ]");

    office.groupOf("Mine", "bridge", "", ada);

    assertThat(office.pbx.calls()).isEmpty();
    assertThat(office.pbx.inQueue("q1")).containsExactly(STRANGER);
  }
}
