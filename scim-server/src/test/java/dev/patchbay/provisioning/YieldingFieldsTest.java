package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people set on their phones, and what becomes of it when the directory has a word in it. */
class YieldingFieldsTest {
  private static final String SETTINGS =
      pbx(
          "'doNotDisturb':true,'voicemail':{'notifyByEmail':true},"
              + "'forwarding':[{'type':'busy.office','action':'HANGUP'}]");

  private final TestStore store = TestStore.sqlite();
  @TempDir private Path directory;
  private Office office;

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private static String pbx(String attributes) {
    return "'" + ResourceTypes.PBX_USER + "':{" + attributes + "}";
  }

  private static String path(String attribute) {
    return "'path':'" + ResourceTypes.PBX_USER + ":" + attribute + "'";
  }

  private PbxUser onPbx() {
    return office.pbx.named("ada").orElseThrow();
  }

  /** Somebody presses a key on the phone. */
  private void byHand(Entry ada, PbxField field, String value) {
    office.pbx.apply(
        new PbxCall.UpdateUser(
            office.read(ada).applied().ref().orElseThrow(),
            onPbx().with(field, Optional.of(value)),
            EnumSet.of(field),
            Map.of()));
    office.pbx.calls();
  }

  private Optional<Set<PbxField>> differing(Entry ada) {
    return office
        .provisioner()
        .inspection()
        .user(ada.id(), seen -> true)
        .map(looked -> looked.seen().differences().keySet());
  }

  @Test
  void aUserIsMadeWithItsSettingsByOneCall() {
    office.user("ada", "," + SETTINGS);

    assertThat(office.pbx.calls()).containsExactly("CreateUser");
    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).contains("true");
    assertThat(onPbx().get(PbxField.FORWARD_BUSY_OFFICE)).contains("{\"action\":\"HANGUP\"}");
  }

  @Test
  void allSettingsOfARequestAreOneUpdate() {
    var ada = office.user("ada");
    office.pbx.calls();

    office.patch(ada, "{'op':'add','value':{" + SETTINGS + ",'displayName':'Ada'}}");
    office.patch(ada, "{'op':'add','value':{" + SETTINGS + "}}");

    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(onPbx().get(PbxField.VOICEMAIL_NOTIFY)).contains("true");
  }

  @Test
  void whatTheDirectoryIsSilentAboutIsThePersonsOwn() {
    var ada = office.user("ada");
    byHand(ada, PbxField.DO_NOT_DISTURB, "true");

    assertThat(differing(ada).orElseThrow()).isEmpty();
    office.patch(ada, Office.NAME);

    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).contains("true");
  }

  @Test
  void whatTheDirectoryWantsIsRepaired() {
    var ada = office.user("ada", "," + SETTINGS);
    byHand(ada, PbxField.DO_NOT_DISTURB, "false");

    assertThat(differing(ada).orElseThrow()).containsExactly(PbxField.DO_NOT_DISTURB);
    office.rest();

    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).contains("true");
  }

  @Test
  void aSettingTakenBackIsMadeBlankOnceAndThenThePersonsOwn() {
    var ada = office.user("ada", "," + SETTINGS);
    office.pbx.calls();

    office.patch(ada, "{'op':'remove'," + path("forwarding") + "}");

    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(onPbx().get(PbxField.FORWARD_BUSY_OFFICE)).isEmpty();
    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).contains("true");
    byHand(ada, PbxField.FORWARD_BUSY_OFFICE, "{\"action\":\"RING_ANYWAY\"}");
    assertThat(differing(ada).orElseThrow()).isEmpty();
  }

  @Test
  void aSettingThatAnUnansweredCreateMayHaveMadeIsTakenBackAllTheSame() {
    office.pbx.spoil(PbxCall.CreateUser.class, Fault.LOST_AFTER);
    putOff(() -> office.user("ada", "," + SETTINGS));
    office.clock.advance(Office.QUIET.multipliedBy(2));

    var ada = office.user("ada", "," + pbx("'voicemail':{'notifyByEmail':true}"));

    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.pbx.all()).hasSize(1);
    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).isEmpty();
    assertThat(onPbx().get(PbxField.VOICEMAIL_NOTIFY)).contains("true");
  }

  @Test
  void aLostAnswerToTakingBackIsSentAgain() {
    var ada = office.user("ada", "," + SETTINGS);
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);

    putOff(() -> office.patch(ada, "{'op':'remove'," + path("doNotDisturb") + "}"));
    office.clock.advance(Office.QUIET.multipliedBy(2));
    office.patch(ada, "{'op':'remove'," + path("doNotDisturb") + "}");

    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(onPbx().get(PbxField.DO_NOT_DISTURB)).isEmpty();
  }

  @Test
  void whatALeaverForwardsIsNobodysBusiness() {
    var ada = office.user("ada", "," + SETTINGS);
    office.pbx.calls();

    office.patch(ada, Office.LEAVE);

    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(onPbx().enabled()).isFalse();
  }
}
