package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Memberships;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that belong to groups: the PBX has everybody in each of them, once. */
@OnEachStore
class NestedGroupsTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;
  private Entry team;
  private Entry floor;

  NestedGroupsTest(TestStore store) {
    this.store = store;
  }

  /** Ada (1000) is in Team, which is in Floor, which is in House; bob (1001) is in none. */
  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
    bob = office.user("bob");
    team = office.group("Team", ada);
    floor = office.group("Floor", team);
    office.group("House", floor);
    office.pbx.calls();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private Set<String> onPbx(String group) {
    return office.pbx.groupMembers().get(group);
  }

  private void assertOnPbx(String... extensions) {
    for (String group : List.of("Team", "Floor", "House")) {
      assertThat(onPbx(group)).as(group).containsExactly(extensions);
    }
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoIsInAnInnerGroupIsInTheOuterOnesOnThePbx() {
    assertOnPbx("1000");
    assertThat(office.members(floor)).containsExactly(team.id());
    assertThat(office.state(floor)).isEqualTo("synced");
  }

  @Test
  void aUserShowsHowItBelongsToItsGroups() {
    var groups =
        office.database().read(handle -> Memberships.groupsOf(handle, List.of(ada.id()))).stream()
            .map(it -> it.label() + " " + it.way());

    assertThat(groups).containsExactlyInAnyOrder("Team DIRECT", "Floor INDIRECT", "House INDIRECT");
  }

  @Test
  void whoJoinsAnInnerGroupJoinsTheOuterOnesInOneCallEach() {
    office.patch(team, members("add", bob));

    assertThat(office.pbx.calls()).containsExactly("AddMember", "AddMember", "AddMember");
    assertOnPbx("1000", "1001");
  }

  @Test
  void whoLeavesAnInnerGroupLeavesTheOuterOnes() {
    office.patch(team, members("remove", ada));

    assertThat(office.pbx.calls()).containsExactly("RemoveMember", "RemoveMember", "RemoveMember");
    assertOnPbx();
  }

  @Test
  void whoIsInAnywayStays() {
    office.patch(floor, members("add", ada));
    assertThat(office.pbx.calls()).isEmpty();
    assertThat(office.members(floor)).containsExactlyInAnyOrder(team.id(), ada.id());

    office.patch(team, members("remove", ada));

    assertThat(onPbx("Team")).isEmpty();
    assertThat(onPbx("Floor")).containsExactly("1000");
    assertThat(onPbx("House")).containsExactly("1000");
    office.patch(team, members("add", ada));
    office.patch(floor, members("remove", ada));
    assertOnPbx("1000");
    assertThat(office.members(floor)).containsExactly(team.id());
  }

  @Test
  void whoIsInByTwoGroupsLeavesWithTheSecond() {
    var other = office.group("Other", ada);
    office.patch(floor, members("add", other));

    office.patch(team, members("remove", ada));
    assertThat(onPbx("House")).containsExactly("1000");
    office.patch(other, members("remove", ada));

    assertOnPbx();
  }

  @Test
  void removingWhoIsInByAGroupChangesNothing() {
    office.patch(floor, members("remove", ada));

    assertThat(office.pbx.calls()).isEmpty();
    assertOnPbx("1000");
  }

  @Test
  void aGroupThatLeavesTakesItsPeopleAlong() {
    office.patch(floor, members("remove", team));

    assertThat(onPbx("Team")).containsExactly("1000");
    assertThat(onPbx("Floor")).isEmpty();
    assertThat(onPbx("House")).isEmpty();
    assertThat(office.members(floor)).isEmpty();
  }

  @Test
  void aReplacedListOfMembersIsTheWholeOfIt() {
    office.patch(floor, members("replace", bob));

    assertThat(onPbx("Floor")).containsExactly("1001");
    assertThat(onPbx("House")).containsExactly("1001");
    office.patch(floor, members("replace", team, bob));
    assertThat(onPbx("House")).containsExactly("1000", "1001");
  }

  @Test
  void aDeletedGroupTakesItsPeopleOutOfTheOthers() {
    office.delete(team);

    assertThat(onPbx("Floor")).isEmpty();
    assertThat(onPbx("House")).isEmpty();
    assertThat(office.members(floor)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeletionThatIsTakenBackBringsThemBack() {
    office.pbx.spoil(PbxCall.DeleteGroup.class, Fault.UNAVAILABLE);
    putOff(() -> office.delete(team));

    office.provisioner().cancel(team.id(), "kim");
    office.rest();

    assertOnPbx("1000");
    assertThat(office.members(floor)).containsExactly(team.id());
  }

  @Test
  void aDeletedUserLeavesAllOfThem() {
    office.delete(ada);

    assertOnPbx();
  }

  @Test
  void aCircleIsRefused() {
    for (Entry inner : List.of(floor, office.read(team))) {
      assertThatThrownBy(() -> office.patch(team, members("add", inner)))
          .isInstanceOfSatisfying(
              Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE));
    }
    assertThat(office.members(team)).containsExactly(ada.id());
    assertOnPbx("1000");
  }

  @Test
  void twoThatWouldCloseACircleAtOnceDoNot() throws Exception {
    for (int round = 0; round < 10; round++) {
      var one = office.group("One" + round);
      var two = office.group("Two" + round);

      int nested =
          atOnce(
              () -> office.patch(one, members("add", two)),
              () -> office.patch(two, members("add", one)));

      assertThat(nested).isEqualTo(1);
      assertThat(office.members(one).size() + office.members(two).size()).isEqualTo(1);
    }
  }

  private static int atOnce(Runnable... requests) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              List.of(requests).stream().<Callable<Boolean>>map(it -> () -> accepted(it)).toList());
      return (int) answers.stream().filter(it -> it.resultNow()).count();
    }
  }

  private static boolean accepted(Runnable request) {
    try {
      request.run();
      return true;
    } catch (Refusal circle) {
      return false;
    }
  }

  @Test
  void aGroupNobodyKnowsIsRefused() {
    var unknown = "{'op':'add','path':'members','value':[{'value':'no-such','type':'Group'}]}";

    assertThatThrownBy(() -> office.patch(team, unknown)).isInstanceOf(Refusal.class);
  }

  @Test
  void anOutageBetweenThemIsMadeGood() {
    office.pbx.spoil(call -> call.equals(joining("Floor", "1001")), Fault.UNAVAILABLE);

    office.patch(team, members("add", bob));

    assertThat(office.state(floor)).isEqualTo("pending");
    office.rest();
    assertOnPbx("1000", "1001");
  }

  @Test
  void aCrashBetweenThemIsMadeGood() {
    office.pbx.spoil(call -> call.equals(joining("House", "1001")), Fault.CRASH_BEFORE);

    office.crash(() -> office.patch(team, members("add", bob)));
    office.rest();

    assertOnPbx("1000", "1001");
  }

  private PbxCall joining(String group, String extension) {
    return new PbxCall.AddMember(office.pbx.groupNamed(group).orElseThrow().ref(), extension);
  }

  @Test
  void whatTakesAwayIsKeptWhenThePbxIsAway() {
    office.pbx.down(true);
    putOff(() -> office.patch(floor, members("remove", team)));
    assertThat(office.members(floor)).isEmpty();
    office.pbx.down(false);

    office.rest();

    assertThat(onPbx("Floor")).isEmpty();
    assertThat(onPbx("House")).isEmpty();
  }

  @Test
  void aQueueRingsForEverybodyInItsGroups() {
    office.pbx.queue("q1", "Support");
    var support = office.groupOf("Support", "callQueue", "q1", floor, bob);
    assertThat(office.pbx.inQueue("q1")).containsExactly("1000", "1001");

    office.patch(team, members("remove", ada));

    assertThat(office.pbx.inQueue("q1")).containsExactly("1001");
    assertThat(office.state(support)).isEqualTo("synced");
  }
}
