package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and groups that somebody deleted on the PBX. */
@OnEachStore
class LostObjectsTest {
  private static final String AWAY = "busy-wait: 0s\nrecreate-orphans: false";
  private static final String DESCRIPTION =
      "{'op':'add','path':'" + ResourceTypes.PBX_GROUP + ":description','value':'new'}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  LostObjectsTest(TestStore store) {
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
  void aGroupMadeAgainSurvivesACrashAmongItsMembers() {
    var sales = office.group("Sales", office.user("ada"), office.user("bob"));
    office.pbx.loseGroup("Sales");
    office.pbx.spoil(PbxCall.AddMember.class, Fault.CRASH_AFTER);

    office.crash(() -> office.patch(sales, DESCRIPTION));
    office.rest();

    assertThat(office.members(sales)).hasSize(2);
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000", "1001");
    assertThat(office.openPlans()).isZero();
    assertThat(office.state(sales)).isEqualTo("synced");
  }

  @Test
  void whoIsGoneAndIsPutIntoAGroupIsMadeAgainAndComesIn() {
    var ada = office.user("ada");
    var sales = office.group("Sales", office.user("bob"));
    office.pbx.lose("ada");

    office.patch(sales, members("add", ada, office.user("eve")));
    assertThat(office.members(sales)).hasSize(3);
    assertThat(office.state(sales)).isEqualTo("pending");
    office.rest();

    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000", "1001", "1002");
    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.state(sales)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoIsGoneAndNotMadeAgainCountsAsIn() {
    office.set(AWAY);
    var ada = office.user("ada");
    var sales = office.group("Sales", office.user("bob"));
    office.pbx.lose("ada");

    office.patch(sales, members("add", ada));
    office.rest();

    assertThat(office.state(ada)).isEqualTo("orphaned");
    assertThat(office.members(sales)).hasSize(2);
    assertThat(office.state(sales)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoIsGoneAndIsTakenOutOfAGroupIsOut() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    office.pbx.lose("ada");

    office.patch(sales, members("remove", ada));

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.state(sales)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aUserThatIsNotMadeAgainStaysAwayWhateverChanges() {
    office.set(AWAY);
    var ada = office.user("ada");
    office.pbx.lose("ada");

    for (String name : List.of("X", "Y")) {
      assertThatThrownBy(() -> office.patch(ada, named(name))).isInstanceOf(Refusal.class);
    }

    assertStaysAway(ada);
  }

  @Test
  void aUserThatIsNotMadeAgainStaysAwayWhenALookFindsItGone() {
    office.set(AWAY);
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    putOff(() -> office.patch(ada, named("X")));
    office.pbx.lose("ada");

    office.rest();

    assertStaysAway(ada);
  }

  @Test
  void aLeaverThatALookFindsGoneIsNotMadeAgain() {
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    putOff(() -> office.patch(ada, named("X")));
    office.pbx.lose("ada");
    office.clock.advance(Office.QUIET.multipliedBy(2));

    office.patch(ada, Office.LEAVE);

    assertStaysAway(ada);
  }

  @Test
  void aPasswordForALeaverThatIsGoneIsNotSaidToBeSet() {
    var ada = office.user("ada");
    office.pbx.lose("ada");
    office.patch(ada, Office.LEAVE);

    assertThatThrownBy(
            () -> office.patch(ada, "{'op':'replace','path':'password','value':'Blue-7-Kettle'}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("gone from the pbx");

    assertStaysAway(ada);
  }

  @Test
  void whoIsMadeAgainIsSaidToNeedItsPasswordAgainUntilItIsSent() {
    var ada = office.user("ada");
    office.pbx.lose("ada");

    office.patch(ada, named("X"));
    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(Provisioning.error(office.read(ada))).contains("sent again");
    office.patch(ada, named("Y"));
    office.patch(ada, "{'op':'replace','path':'externalId','value':'x'}");
    assertThat(Provisioning.error(office.read(ada))).contains("sent again");

    office.patch(ada, "{'op':'replace','path':'password','value':'Blue-7-Kettle'}");
    assertThat(Provisioning.error(office.read(ada))).isEmpty();
  }

  @Test
  void whoComesBackIsMadeAgain() {
    var ada = office.user("ada");
    office.pbx.lose("ada");
    office.patch(ada, Office.LEAVE);
    assertStaysAway(ada);

    office.patch(ada, Office.COME);

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isTrue();
    assertThat(office.state(ada)).isEqualTo("synced");
  }

  private static String named(String displayName) {
    return "{'op':'replace','path':'displayName','value':'" + displayName + "'}";
  }

  private void assertStaysAway(Entry user) {
    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.state(user)).isEqualTo("orphaned");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aGroupThatIsNotMadeAgainStaysAwayWhateverChanges() {
    office.set(AWAY);
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    office.pbx.loseGroup("Sales");
    office.pbx.spoil(PbxCall.UpdateGroup.class, Fault.LOST_BEFORE);
    putOff(() -> office.patch(sales, DESCRIPTION));

    office.rest();
    office.patch(sales, Office.members("remove", ada));

    assertThat(office.pbx.groupMembers()).isEmpty();
    assertThat(office.state(sales)).isEqualTo("orphaned");
    assertThat(office.members(sales)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aGroupThatIsNotMadeAgainGetsNoMember() {
    office.set(AWAY);
    var sales = office.group("Sales");
    var ada = office.user("ada");
    office.pbx.loseGroup("Sales");

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> office.patch(sales, Office.members("add", ada)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("gone from the pbx");
    }

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.state(sales)).isEqualTo("orphaned");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aStrangersGroupOfAnotherSpellingIsNotTakenForOurs() {
    office.pbx.spoil(PbxCall.CreateGroup.class, Fault.LOST_BEFORE);
    putOff(() -> office.group("Sales"));
    office.pbx.apply(new PbxCall.CreateGroup(new PbxGroup("sales", Optional.empty())));

    office.rest();

    assertThat(office.pbx.groupMembers()).containsOnlyKeys("sales");
  }
}
