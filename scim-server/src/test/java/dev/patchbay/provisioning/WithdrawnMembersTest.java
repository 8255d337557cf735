package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member's joining of which nobody was told, and a later request that is put off. */
@OnEachStore
class WithdrawnMembersTest {
  private static final String RENAMED = "{'op':'add','value':{'displayName':'Sales 2'}}";
  private static final Duration LONG = Duration.ofHours(1); // nobody has it in hands any more

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;
  private Entry sales;

  WithdrawnMembersTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
    bob = office.user("bob");
    sales = office.group("Sales", bob);
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  /** The process dies when the PBX has let her in; the group's name is in doubt, too. */
  private void unansweredJoin() {
    office.pbx.spoil(PbxCall.AddMember.class, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(sales, RENAMED + "," + members("add", ada)));
  }

  private void putOffWhileThePbxIsDown(String operation) {
    office.clock.advance(LONG);
    office.pbx.down(true);
    putOff(() -> office.patch(sales, operation));
    office.pbx.down(false);
  }

  private void assertMembers(Entry... users) {
    office.rest();
    var ids = Stream.of(users).map(Entry::id).sorted().toList();
    assertThat(office.members(sales)).containsExactlyElementsOf(ids);
    assertThat(office.pbx.groupMembers().values().iterator().next()).hasSize(users.length);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRemovalIsKeptWhileThePbxCannotBeAsked() {
    unansweredJoin();

    putOffWhileThePbxIsDown(members("remove", ada));

    assertMembers(bob);
  }

  @Test
  void aRemovalIsKeptWhileTheJoinIsInHands() {
    unansweredJoin();

    putOff(() -> office.patch(sales, members("remove", ada)));

    assertMembers(bob);
  }

  @Test
  void aRemovalIsKeptInTheJoinsQuietTime() {
    office.pbx.spoil(PbxCall.AddMember.class, Fault.LATE);
    putOff(() -> office.patch(sales, members("add", ada)));

    putOff(() -> office.patch(sales, members("remove", ada)));

    assertMembers(bob);
  }

  @Test
  void whoIsNotInTheNewListIsOutAlthoughThePbxCannotBeAsked() {
    unansweredJoin();

    putOffWhileThePbxIsDown(members("replace", bob));

    assertMembers(bob);
  }

  @Test
  void whoIsNotInTheNewListIsOutAlthoughTheJoinIsInHands() {
    unansweredJoin();

    putOff(() -> office.patch(sales, members("replace", bob)));

    assertMembers(bob);
  }

  @Test
  void theRemovalOfAllIsOfWhomNobodyWasTold() {
    unansweredJoin();

    putOffWhileThePbxIsDown("{'op':'remove','path':'members'}");

    assertMembers();
  }

  @Test
  void whoIsDescribedIsOutAlthoughNobodyWasTold() {
    unansweredJoin();

    putOffWhileThePbxIsDown("{'op':'remove','path':'members[display eq \\'ada\\']'}");

    assertMembers(bob);
  }

  @Test
  void aRepeatedJoinIsNotTakenForItsOpposite() {
    unansweredJoin();

    putOffWhileThePbxIsDown(members("add", ada));

    assertMembers(ada, bob);
  }

  @Test
  void whoIsNotWaitedForAnyMoreDoesNotComeInAlthoughThatWasPutOff() {
    office.patch(sales, members("add", "e1"));
    unansweredJoin();

    putOffWhileThePbxIsDown(members("remove", "e1"));
    office.user("eve", ",'externalId':'e1'");

    assertMembers(ada, bob);
  }

  @Test
  void theGroupsDeletionIsKept() {
    unansweredJoin();
    office.clock.advance(LONG);
    office.pbx.down(true);

    putOff(() -> office.delete(sales));
    office.pbx.down(false);
    office.rest();

    assertThat(office.pbx.groupMembers()).isEmpty();
    assertThat(office.find(sales)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void theDeletionOfAnAcceptedGroupThatThePbxMayHaveIsKept() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    office.pbx.spoil(PbxCall.CreateGroup.class, Fault.LATE);
    var support = office.group("Support", ada);
    assertThat(office.state(support)).isEqualTo("pending");

    putOff(() -> office.delete(support));
    office.rest();

    assertThat(office.pbx.groupMembers()).containsOnlyKeys("Sales");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void anOperatorWhoTakesBackWhatIsLeftDoesNotLetHerIn() {
    unansweredJoin();
    putOffWhileThePbxIsDown(members("remove", ada));

    office.provisioner().cancel(sales.id(), "kim");

    assertMembers(bob);
    assertThat(office.pbx.groupMembers()).containsOnlyKeys("Sales");
  }

  @Test
  void anOperatorWhoGoesOnDoesNotLetHerIn() {
    unansweredJoin();
    putOffWhileThePbxIsDown(members("remove", ada));

    office.provisioner().retry(sales.id(), true);

    assertMembers(bob);
  }
}
