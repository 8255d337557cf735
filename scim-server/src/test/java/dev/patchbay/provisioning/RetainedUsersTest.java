package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.OTHER;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted users whose PBX account is kept, disabled, for their return. */
@OnEachStore
class RetainedUsersTest {
  private static final String MONTH = "busy-wait: 0s\ndelete: disable-then-delete\nretain: 30d";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  RetainedUsersTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.set(MONTH);
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void aDeletedUserIsGoneForItsClientAndDisabledOnThePbx() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);

    office.delete(ada);

    assertThatThrownBy(() -> office.patch(ada, Office.NAME)).isInstanceOf(Refusal.class);
    assertThat(onPbx("ada").enabled()).isFalse();
    assertThat(office.pbx.groupMembers().get("Sales")).isEmpty();
    assertThat(office.members(sales)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoReturnsGetsNameNumberAndAccountBackUnderANewId() {
    var ada = office.user("ada", ",'externalId':'7'");
    office.user("bob");
    office.delete(ada);

    var again = office.user("Ada", ",'externalId':'7','displayName':'Back'");

    assertThat(again.id()).isNotEqualTo(ada.id());
    assertThat(UserTarget.extension(again.resource())).isEqualTo("1000");
    assertThat(UserTarget.pbxName(again.resource())).isEqualTo("ada");
    assertThat(again.applied().ref()).isEqualTo(ada.applied().ref());
    assertThat(onPbx("ada").enabled()).isTrue();
    assertThat(onPbx("ada").get(PbxField.DISPLAY_NAME)).contains("Back");
    assertThat(office.pbx.calls()).doesNotContain("DeleteUser");
    assertThat(office.pbx.all()).hasSize(2);
  }

  @Test
  void theNameAndNumberAreNobodyElsesMeanwhile() {
    office.delete(office.user("ada", ",'externalId':'7'"));

    var another = office.user("ada", ",'externalId':'8'");

    assertThat(UserTarget.extension(another.resource())).isEqualTo("1001");
    assertThat(UserTarget.pbxName(another.resource())).isEqualTo("ada-2");
    assertThat(onPbx("ada").enabled()).isFalse();
  }

  @Test
  void whoWasRenamedMeanwhileIsKnownByTheExternalIdOfTheSameSource() {
    var ada = office.user("ada", ",'externalId':'7'");
    office.delete(ada);

    var stranger =
        office
            .provisioner()
            .create(EntryType.USER, OTHER, Office.json("{'userName':'eve','externalId':'7'}"));
    var again = office.user("ada.smith", ",'externalId':'7'");

    assertThat(stranger.applied().ref()).isNotEqualTo(ada.applied().ref());
    assertThat(again.applied().ref()).isEqualTo(ada.applied().ref());
    assertThat(UserTarget.pbxName(again.resource())).isEqualTo("ada");
  }

  @Test
  void whoAsksForAnotherNumberGetsAnotherUser() {
    office.delete(office.user("ada"));

    var again =
        office.user(
            "ada",
            ",'urn:ietf:params:scim:schemas:extension:pbx:2.0:User':{'extensionNumber':'1500'}");

    assertThat(UserTarget.extension(again.resource())).isEqualTo("1500");
    assertThat(onPbx("ada").enabled()).isFalse();
  }

  @Test
  void isDeletedWhenItsTimeIsOverAndTheNumberRests() {
    office.delete(office.user("ada"));

    office.later(Duration.ofDays(29));
    assertThat(office.pbx.all()).hasSize(1);
    office.later(Duration.ofDays(2));
    office.rest();

    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.openPlans()).isZero();
    assertThat(UserTarget.extension(office.user("ada").resource())).isEqualTo("1001");
  }

  @Test
  void itsDeletionGoesOnWhenThePbxIsAwayAtThatTime() {
    office.delete(office.user("ada"));
    office.pbx.down(true);
    office.later(Duration.ofDays(31));
    assertThat(office.openPlans()).isEqualTo(1);
    putOff(() -> office.user("ada"));
    office.pbx.down(false);

    office.rest();

    assertThat(office.pbx.all()).isEmpty();
  }

  @Test
  void isKeptForEverWhereNoTimeIsSet() {
    office.set("busy-wait: 0s\ndelete: disable");
    office.delete(office.user("ada"));

    office.later(Duration.ofDays(5000));

    assertThat(onPbx("ada").enabled()).isFalse();
  }

  @Test
  void veryManyAtOnceWaitForAnOperator() {
    office.set(MONTH + "\nbrake: { inbound: true, at-least: 3, percent: 0 }");
    for (int day = 0; day < 2; day++) {
      for (int each = 0; each < 2; each++) {
        office.delete(office.user("u" + day + each));
      }
      office.later(Duration.ofHours(2));
    }

    office.later(Duration.ofDays(31));
    office.rest();
    assertThat(office.pbx.all()).hasSize(4);

    var brake = new SafetyBrake("office", office.database(), office.clock);
    assertThat(brake.release(SafetyBrake.Kind.RETENTION, "kim")).isTrue();
    office.rest();
    assertThat(office.pbx.all()).isEmpty();
  }

  @Test
  void aReturnThatIsRefusedLeavesTheUserAsItWas() {
    var ada = office.user("ada");
    office.delete(ada);
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.REJECTED);

    assertThatThrownBy(() -> office.user("ada", ",'title':'Dr'")).isInstanceOf(Refusal.class);
    office.rest();
    assertThat(onPbx("ada").enabled()).isFalse();

    assertThat(office.user("ada").applied().ref()).isEqualTo(ada.applied().ref());
    assertThat(onPbx("ada").enabled()).isTrue();
  }

  @Test
  void aReturnThatNobodyHeardOfIsTakenBackAgain() {
    var ada = office.user("ada");
    office.delete(ada);
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LATE);

    putOff(() -> office.user("ada"));
    office.rest();

    assertThat(onPbx("ada").enabled()).isFalse();
    assertThat(office.openPlans()).isZero();
    assertThat(office.user("ada").applied().ref()).isEqualTo(ada.applied().ref());
  }

  @Test
  void whomThePbxLostMeanwhileIsMadeAgainWithTheSameNumber() {
    var ada = office.user("ada");
    office.user("bob");
    office.delete(ada);
    office.pbx.lose("ada");

    var again = office.user("ada");

    assertThat(UserTarget.extension(again.resource())).isEqualTo("1000");
    assertThat(onPbx("ada").enabled()).isTrue();
  }

  @Test
  void itsMicrosoftUserStaysBoundAndIsNobodyElses() {
    var bound = "," + bound("a@b.example");
    office.delete(office.user("ada", bound));

    assertThat(onPbx("ada").get(PbxField.MICROSOFT365)).contains("a@b.example");
    assertThatThrownBy(() -> office.user("eve", bound))
        .hasMessageContaining(
            "ms365.id 'a@b.example' is taken by a user that was deleted and is kept on the pbx"
                + " until 2026-01-31T00:00:00Z");
    office.delete(office.user("ada", bound));
    assertThat(office.pbx.calls()).containsOnlyOnce("BindMicrosoft365");

    office.user("ada");
    assertThat(onPbx("ada").get(PbxField.MICROSOFT365)).isEmpty();
    office.user("eve", bound);
  }

  @Test
  void aDeletionThatIsPutOffEndsInTheSameWay() {
    var ada = office.user("ada");
    office.pbx.down(true);
    putOff(() -> office.delete(ada));
    office.pbx.down(false);

    office.rest();

    assertThat(onPbx("ada").enabled()).isFalse();
    assertThat(office.user("ada").applied().ref()).isEqualTo(ada.applied().ref());
  }

  @Test
  void aComparisonFindsNoStrangerAndDisablesItAgain() {
    var ada = office.user("ada");
    office.delete(ada);
    var ref = ada.applied().ref().orElseThrow();
    var inspection = office.provisioner().inspection();
    assertThat(inspection.known(EntryType.USER)).containsKey(ref);
    assertThat(inspection.user(ada.id(), seen -> true).orElseThrow().seen().agrees()).isTrue();
    enableByHand(ada);

    var found = inspection.user(ada.id(), seen -> true).orElseThrow().seen();

    assertThat(found.leaverWorks()).isTrue();
    assertThat(onPbx("ada").enabled()).isFalse();
    assertThat(office.user("ada").applied().ref()).contains(ref);
  }

  @Test
  void isComparedThoughItsBindingIsInDoubtWhichIsNobodyElses() {
    var ada = office.user("ada", "," + bound("a@b.example"));
    office.pbx.spoil(PbxCall.BindMicrosoft365.class, Fault.LOST_AFTER);
    office.patch(ada, "{'op':'add','value':{" + bound("z@b.example") + "}}");
    office.clock.advance(Office.QUIET.multipliedBy(2));
    office.delete(ada);
    enableByHand(ada);

    var found = office.provisioner().inspection().user(ada.id(), seen -> true);

    assertThat(found.orElseThrow().seen().leaverWorks()).isTrue();
    assertThat(onPbx("ada").enabled()).isFalse();
    assertThatThrownBy(() -> office.user("eve", "," + bound("z@b.example")))
        .isInstanceOf(Refusal.class);
  }

  private static String bound(String id) {
    return "'urn:ietf:params:scim:schemas:extension:pbx:2.0:User':{'ms365':{'id':'" + id + "'}}";
  }

  private void enableByHand(Entry user) {
    var enabled = onPbx("ada").with(PbxField.ENABLED, Optional.of("true"));
    office.pbx.apply(
        new PbxCall.UpdateUser(
            user.applied().ref().orElseThrow(), enabled, EnumSet.of(PbxField.ENABLED), Map.of()));
  }

  private PbxUser onPbx(String name) {
    return office.pbx.named(name).orElseThrow();
  }
}
