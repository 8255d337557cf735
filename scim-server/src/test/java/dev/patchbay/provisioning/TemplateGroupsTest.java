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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups whose members have the settings of a template. */
@OnEachStore
class TemplateGroupsTest {
  private static final String TEMPLATES =
      """
      templates:
        desk:
          priority: 10
          settings: { recordAudio: true, voicemail: { pinRequired: true } }
        quiet: { settings: { recordAudio: false, doNotDisturb: true } }
      """;

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;
  private Entry bob;

  TemplateGroupsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.map(TEMPLATES);
    ada = office.user("ada");
    bob = office.user("bob");
    office.pbx.calls();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private Entry desk(Entry... users) {
    return office.groupOf("Front desk", "template", "desk", users);
  }

  private Entry quiet(Entry... users) {
    return office.groupOf("Library", "template", "quiet", users);
  }

  private String held(String name, PbxField field) {
    return office.pbx.named(name).flatMap(it -> it.get(field)).orElse("");
  }

  private static String own(String settings) {
    return "{'op':'add','value':{'" + ResourceTypes.PBX_USER + "':{" + settings + "}}}";
  }

  @Test
  void whoeverJoinsHasItsSettingsInOneCall() {
    var desk = desk(ada);

    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(held("ada", PbxField.VOICEMAIL_PIN_REQUIRED)).isEqualTo("true");
    assertThat(held("bob", PbxField.RECORD_AUDIO)).isEmpty();
    assertThat(office.state(desk)).isEqualTo("synced");
  }

  @Test
  void whoeverLeavesHasThemNoMore() {
    var desk = desk(ada, bob);

    office.patch(desk, members("remove", ada));

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEmpty();
    assertThat(held("bob", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aSettingOfTheUsersOwnComesFirst() {
    office.patch(ada, own("'recordAudio':false"));

    desk(ada);

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("false");
    assertThat(held("ada", PbxField.VOICEMAIL_PIN_REQUIRED)).isEqualTo("true");
    office.patch(ada, "{'op':'remove','path':'" + ResourceTypes.PBX_USER + ":recordAudio'}");
    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("true");
  }

  @Test
  void ofTwoTemplatesTheOneOfTheLowerNumberCountsForEachSetting() {
    quiet(ada);
    var desk = desk(ada);
    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(held("ada", PbxField.DO_NOT_DISTURB)).isEqualTo("true");

    office.delete(desk);

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("false");
    assertThat(held("ada", PbxField.VOICEMAIL_PIN_REQUIRED)).isEmpty();
  }

  @Test
  void aTemplateThatTheSettingsChangeReachesEverybody() {
    var desk = desk(ada, bob);
    office.pbx.calls();

    office.map("templates: { desk: { settings: { recordAudio: false } } }");
    assertThat(office.state(desk)).isEqualTo("pending");
    office.rest();

    assertThat(office.pbx.calls()).containsExactly("UpdateUser", "UpdateUser");
    for (String name : new String[] {"ada", "bob"}) {
      assertThat(held(name, PbxField.RECORD_AUDIO)).isEqualTo("false");
      assertThat(held(name, PbxField.VOICEMAIL_PIN_REQUIRED)).isEmpty();
    }
    assertThat(office.state(desk)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void oneThatTheyDoNotChangeCostsNothing() {
    desk(ada);
    office.pbx.calls();

    office.revived();
    assertThat(office.openPlans()).isZero();
    office.map(TEMPLATES + "  other: { settings: { recordVideo: true } }\n");

    assertThat(office.openPlans()).isZero();
    assertThat(office.pbx.calls()).isEmpty();
  }

  @Test
  void oneThatIsGoneGivesNothingAnyMore() {
    desk(ada);

    office.map("");
    office.rest();

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void oneThatIsNoneIsRefused() {
    assertThatThrownBy(() -> office.groupOf("X", "template", "desk2"))
        .isInstanceOf(Refusal.class)
        .hasMessage("target: there is no template 'desk2'; there are desk, quiet");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whatCannotBeTakenBackNowIsTakenBackLater() {
    var desk = desk(ada);
    office.pbx.down(true);
    putOff(() -> office.patch(desk, members("remove", ada)));
    office.pbx.down(false);

    office.rest();

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEmpty();
    assertThat(office.members(desk)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aRefusedSettingRefusesTheMemberAndLeavesNothing() {
    var desk = desk();
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.REJECTED);

    assertThatThrownBy(() -> office.patch(desk, members("add", ada))).isInstanceOf(Refusal.class);
    office.rest();

    assertThat(office.members(desk)).isEmpty();
    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aCrashAmongThemLosesNobody() {
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.CRASH_LATE);

    office.crash(() -> desk(ada, bob));
    office.rest();

    assertThat(held("ada", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(held("bob", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoeverIsWaitedForGetsHisNumberOfItsPool() {
    office.map(
        """
        extensions:
          pools: { default: { ranges: [1000-1999] }, desk: { ranges: [3000-3009] } }
        templates: { desk: { extension-pool: desk, settings: { recordAudio: true } } }
        """);
    var desk = desk();
    office.patch(desk, members("add", "e-77"));

    var cid = office.user("cid", ",'externalId':'e-77'");
    var eve = office.user("eve", ",'externalId':'e-78'");

    assertThat(UserTarget.extension(cid.resource())).isEqualTo("3000");
    assertThat(UserTarget.extension(eve.resource())).startsWith("1");
    assertThat(held("cid", PbxField.RECORD_AUDIO)).isEqualTo("true");
    assertThat(office.members(desk)).containsExactly(cid.id());
  }
}
