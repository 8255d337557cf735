package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups whose members have a role of the PBX. */
@OnEachStore
class RoleGroupsTest {
  private static final String OWN =
      "{'op':'replace','path':'roles','value':[{'value':'StandardInternationalUser'}]}";
  private static final String NO_OWN = "{'op':'replace','path':'roles','value':[]}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;

  RoleGroupsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
    bob = office.user("bob");
    office.pbx.calls();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private Entry managers(Entry... users) {
    return office.groupOf("Managers", "role", "QueueManager", users);
  }

  private String role(String name) {
    return office.pbx.named(name).flatMap(it -> it.get(PbxField.ROLE)).orElse("");
  }

  private int grants(Entry user) {
    return office.read(user).resource().path(ResourceTypes.PBX_USER).path("grants").size();
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
  void whoeverJoinsHasTheRoleInOneCall() {
    var managers = managers(ada);

    assertThat(office.pbx.calls()).containsExactly("ChangeRole");
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(role("bob")).isEqualTo("StandardUser");
    assertThat(office.state(managers)).isEqualTo("synced");
    assertThat(grants(ada)).isOne();
  }

  @Test
  void whoeverLeavesHasItNoMore() {
    var managers = managers(ada, bob);

    office.patch(managers, members("remove", ada));

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(role("bob")).isEqualTo("QueueManager");
    assertThat(grants(ada)).isZero();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void ofTwoGroupsTheRoleWithMoreRightsCounts() {
    var managers = managers(ada);
    var abroad = office.groupOf("Abroad", "role", "StandardInternationalUser", ada);
    assertThat(role("ada")).isEqualTo("QueueManager");

    office.patch(managers, members("remove", ada));
    assertThat(role("ada")).isEqualTo("StandardInternationalUser");

    office.delete(abroad);
    assertThat(role("ada")).isEqualTo("StandardUser");
  }

  @Test
  void theUsersOwnRoleComesFirst() {
    office.patch(ada, OWN);

    managers(ada);

    assertThat(role("ada")).isEqualTo("StandardInternationalUser");
    office.patch(ada, NO_OWN);
    assertThat(role("ada")).isEqualTo("QueueManager");
  }

  @Test
  void theGroupsRoleComesFirstWhereTheSettingsSaySo() {
    office.map("role-source: groups");
    office.patch(ada, OWN);

    managers(ada);

    assertThat(role("ada")).isEqualTo("QueueManager");
  }

  @Test
  void anotherChangeOfTheUserLeavesItAlone() {
    managers(ada);
    office.pbx.calls();

    office.patch(ada, Office.NAME);

    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(grants(ada)).isOne();
  }

  @Test
  void aRoleThatMustNotBeGivenOrIsNoneIsRefused() {
    assertRefused(
        Refusal.Kind.FORBIDDEN,
        "'Admin' must not be given",
        () -> office.groupOf("A", "role", "Admin"));
    assertRefused(
        Refusal.Kind.INVALID_VALUE, "target: 'Boss'", () -> office.groupOf("B", "role", "Boss"));
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRoleThatTheSettingsForbidLaterIsNone() {
    office.map("allow-privileged-roles: true");
    office.groupOf("Admins", "role", "Admin", ada);
    assertThat(role("ada")).isEqualTo("Admin");

    office.map("");
    office.patch(ada, Office.NAME);

    assertThat(role("ada")).isEqualTo("StandardUser");
  }

  @Test
  void aLossThatCannotBeSentIsNotForgotten() {
    var managers = managers(ada, bob);
    office.pbx.down(true);
    putOff(() -> office.patch(managers, members("remove", ada, bob)));
    assertThat(office.members(managers)).isEmpty();
    office.pbx.down(false);

    office.rest();

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(role("bob")).isEqualTo("StandardUser");
    assertThat(office.openPlans()).isZero();
    assertThat(office.state(managers)).isEqualTo("synced");
  }

  @Test
  void aGainThatCannotBeSentIsNotDoneLater() {
    var managers = managers();
    office.pbx.down(true);
    putOff(() -> office.patch(managers, members("add", ada)));
    office.pbx.down(false);

    office.rest();

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(office.members(managers)).isEmpty();
    assertThat(grants(ada)).isZero();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aGainWhoseAnswerIsLostIsDoneOrSaidToWait() {
    var managers = managers();
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.LOST_BEFORE);

    office.patch(managers, members("add", ada));
    assertThat(office.state(managers)).isEqualTo("pending");
    office.rest();

    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(office.state(managers)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aCrashAmongThemLosesNobody() {
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.CRASH_LATE);

    office.crash(() -> managers(ada, bob));
    office.rest();

    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(role("bob")).isEqualTo("QueueManager");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void deletingTheGroupTakesTheRoleFromAll() {
    var managers = managers(ada, bob);
    office.pbx.calls();

    office.delete(managers);

    assertThat(office.pbx.calls()).containsExactly("ChangeRole", "ChangeRole");
    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(role("bob")).isEqualTo("StandardUser");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsPutOffIsNotForgotten() {
    var managers = managers(ada, bob);
    office.pbx.down(true);
    putOff(() -> office.delete(managers));
    office.pbx.down(false);

    office.rest();

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(role("bob")).isEqualTo("StandardUser");
    assertThat(office.find(managers)).isEmpty();
  }

  @Test
  void whoeverIsTakenInAgainBeforeHisLossIsDoneHasTheRole() {
    var managers = managers(ada);
    office.pbx.down(true);
    putOff(() -> office.patch(managers, members("remove", ada)));
    office.pbx.down(false);

    office.patch(managers, members("add", ada));
    office.rest();

    assertThat(office.members(managers)).containsExactly(ada.id());
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(office.state(managers)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsTakenBackLeavesThemTheRole() {
    var managers = managers(ada, bob);
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.LOST_AFTER);
    putOff(() -> office.delete(managers));

    office.provisioner().cancel(managers.id(), "kim");
    office.rest();

    assertThat(office.members(managers)).containsExactlyInAnyOrder(ada.id(), bob.id());
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(role("bob")).isEqualTo("QueueManager");
    assertThat(office.state(managers)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aGroupOfAGroupGivesItToAll() {
    var inner = office.groupOf("Team", "bridge", "", ada);
    var managers = managers();

    office.patch(
        managers,
        "{'op':'add','path':'members','value':[{'value':'" + inner.id() + "','type':'Group'}]}");
    assertThat(role("ada")).isEqualTo("QueueManager");
    office.patch(inner, members("add", bob));
    assertThat(role("bob")).isEqualTo("QueueManager");
    office.patch(inner, members("remove", ada));

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(office.state(managers)).isEqualTo("synced");
  }

  @Test
  void whoeverIsWaitedForHasItWithHisCreate() {
    var managers = office.groupOf("Managers", "role", "QueueManager");
    office.patch(managers, members("add", "e-77"));

    var cid = office.user("cid", ",'externalId':'e-77'");

    assertThat(role("cid")).isEqualTo("QueueManager");
    assertThat(office.members(managers)).containsExactly(cid.id());
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoeverIsInactiveHasItAndIsStillOut() {
    office.patch(ada, Office.LEAVE);

    var managers = managers(ada);
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
    office.patch(managers, members("remove", ada));

    assertThat(role("ada")).isEqualTo("StandardUser");
  }

  @Test
  void whoeverIsDeletedCostsNoCallForIt() {
    var managers = managers(ada, bob);
    office.pbx.calls();

    office.delete(ada);

    assertThat(office.pbx.calls()).containsExactly("DeleteUser");
    assertThat(office.members(managers)).containsExactly(bob.id());
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionOfAUserThatIsTakenBackLeavesHimTheRole() {
    var managers = managers(ada);
    office.pbx.spoil(PbxCall.DeleteUser.class, Fault.UNAVAILABLE);
    putOff(() -> office.delete(ada));

    office.provisioner().cancel(ada.id(), "kim");
    office.rest();

    assertThat(office.members(managers)).containsExactly(ada.id());
    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionTakenBackAfterTheGroupWentGivesNothing() {
    var managers = managers(ada);
    office.pbx.spoil(PbxCall.DeleteUser.class, Fault.UNAVAILABLE);
    putOff(() -> office.delete(ada));
    office.delete(managers);

    office.provisioner().cancel(ada.id(), "kim");
    office.rest();

    assertThat(role("ada")).isEqualTo("StandardUser");
    assertThat(grants(ada)).isZero();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whomThePbxLostHasItAgainWhenHeComesBack() {
    var managers = managers(ada);
    office.pbx.lose("ada");

    office.patch(ada, Office.NAME); // makes him again
    office.rest();

    assertThat(role("ada")).isEqualTo("QueueManager");
    assertThat(office.state(managers)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRefusedRoleRefusesTheMember() {
    var managers = managers();
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.REJECTED);

    assertRefused(
        Refusal.Kind.INVALID_VALUE, "", () -> office.patch(managers, members("add", ada)));
    office.rest();

    assertThat(office.members(managers)).isEmpty();
    assertThat(grants(ada)).isZero();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRuleGivesAGroupItsRole() {
    office.map(
        "groups: [ { display-name: 'pbx (.+)', kind: role, target: '$1' } ]\n"
            + "roles: { lead: QueueManager }");

    office.group("PBX Lead", ada);

    assertThat(role("ada")).isEqualTo("QueueManager");
  }

  @Test
  void nobodyWritesWhatGroupsGive() {
    var forged =
        "'%s':{'grants':[{'value':'x','kind':'role','target':'QueueManager'}]}"
            .formatted(ResourceTypes.PBX_USER);

    office.patch(ada, "{'op':'add','value':{" + forged + "}}");
    var cid = office.user("cid", "," + forged);

    for (Entry user : new Entry[] {ada, cid}) {
      assertThat(grants(user)).isZero();
      assertThat(role(user.resource().path("userName").asText())).isEqualTo("StandardUser");
    }
  }
}
