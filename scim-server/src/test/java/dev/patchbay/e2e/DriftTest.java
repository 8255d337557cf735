package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What somebody changes on the PBX behind the bridge is found, told and set right. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class DriftTest {
  private static final String LEAVES = "{'op':'replace','path':'active','value':false}";

  @Parameter TestStore store;
  private Path directory;
  private RunningBridge bridge;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    this.directory = directory;
    bridge = RunningBridge.with(store, directory, "reconcile: { brake: { at-least: 3 } }");
  }

  @AfterEach
  void empty() {
    bridge.emulator().faults().replace();
    bridge.empty();
    bridge.pbx().empty();
    compare("sync"); // nobody is left to be put out, so no brake stays pulled
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  private String create(String userName) {
    return bridge.scim().createUser(userName, "'displayName':'Somebody'").is(201).id();
  }

  private Comparison compare(String repair) {
    return Comparison.of(bridge, repair);
  }

  private String member(JsonNode group, String extension) {
    return "/api/groups/" + group.path("id").asText() + "/members/" + extension;
  }

  @Test
  void whereNothingChangedThereIsNothingToSay() {
    bridge.scim().createGroup("Sales", create("ada"), create("grace")).is(201);

    var compared = compare("sync");

    assertThat(compared.findings()).isEmpty();
    assertThat(compared.report().path("users").asInt()).isEqualTo(2);
    assertThat(compared.report().path("groups").asInt()).isEqualTo(1);
    assertThat(compared.report().path("by").asText()).isEqualTo("kim");
  }

  @Test
  void aUserThatThePbxLostIsToldAndMadeAgainWhenAskedFor() {
    var ada = create("ada");
    bridge.scim().createGroup("Sales", ada).is(201);
    bridge.pbx().delete("ada");

    assertThat(compare("report").lines()).startsWith("missing user ada reported");
    assertThat(bridge.pbx().users()).isEmpty();
    assertThat(compare("upsert").lines()).startsWith("missing user ada repaired");

    assertThat(compare("sync").findings()).isEmpty();
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void aDifferenceIsToldFieldByFieldAndSetRight() {
    create("ada");
    bridge.pbx().change("ada", "'display_name':'Somebody else','department':'Sales'");

    var told = compare("report");

    assertThat(told.lines()).containsExactly("different user ada reported");
    assertThat(told.findings().getFirst().path("fields").toString())
        .contains(
            "{\"field\":\"DISPLAY_NAME\",\"wanted\":\"Somebody\",\"found\":\"Somebody else\"}")
        .contains("{\"field\":\"DEPARTMENT\",\"found\":\"Sales\"}");
    assertThat(compare("upsert").lines()).containsExactly("different user ada repaired");
    assertThat(bridge.pbx().user("ada").path("display_name").asText()).isEqualTo("Somebody");
    assertThat(bridge.pbx().user("ada").path("department").isNull()).isTrue();
  }

  @Test
  void aSettingOfTheDirectoryIsSetRightThoughNoListShowsItAndAPersonsOwnIsLeft() {
    bridge
        .scim()
        .createUser(
            "ada",
            "'%s':{'recordAudio':true,'voicemail':{'promptLanguage':'de-DE'}}"
                .formatted(RunningBridge.PBX_URN))
        .is(201);
    create("grace");
    bridge.pbx().change("ada", "'enable_audio_recording':false,'enable_dnd':true");
    bridge.pbx().change("grace", "'enable_dnd':true,'voicemail_prompt':'sv-SE'");

    assertThat(compare("upsert").lines()).containsExactly("different user ada repaired");

    assertThat(settings("ada").path("enable_audio_recording").asBoolean()).isTrue();
    assertThat(settings("ada").path("enable_dnd").asBoolean()).isTrue();
    assertThat(settings("grace").path("voicemail_prompt").asText()).isEqualTo("sv-SE");
    assertThat(compare("sync").findings()).isEmpty();
  }

  private JsonNode settings(String name) {
    return bridge.pbx().read("/api/users/" + bridge.pbx().user(name).path("id").asText());
  }

  @Test
  void aRoleSomebodyGaveIsTakenBack() {
    create("ada");
    var path = "/api/users/" + bridge.pbx().user("ada").path("id").asText() + "/role";
    bridge.pbx().post(path, "{'role':'QueueManager'}");

    assertThat(compare("upsert").lines()).containsExactly("different user ada repaired");

    assertThat(bridge.pbx().user("ada").path("role").asText()).isEqualTo("StandardUser");
  }

  @Test
  void aLeaverWhoCanWorkIsListedFirstAndPutOut() {
    create("ada");
    var zoe = create("zoe");
    bridge.scim().patch("/Users/" + zoe, LEAVES).isDone();
    bridge.pbx().change("ada", "'display_name':'Somebody else'");
    bridge.pbx().change("zoe", "'enabled':true");

    var told = compare("report");

    assertThat(told.lines())
        .containsExactly("different user zoe reported", "different user ada reported");
    assertThat(told.findings().getFirst().path("alarming").asBoolean()).isTrue();
    assertThat(told.count("alarming")).isEqualTo(1);
    compare("upsert");
    assertThat(bridge.pbx().user("zoe").path("enabled").asBoolean()).isFalse();
    assertThat(bridge.sources()).contains("reconcile");
  }

  @Test
  void aLeaverThatThePbxLostIsNotMadeAgain() {
    var ada = create("ada");
    bridge.scim().patch("/Users/" + ada, LEAVES).isDone();
    bridge.pbx().delete("ada");

    assertThat(compare("sync").lines()).containsExactly("missing user ada repaired");

    assertThat(bridge.pbx().users()).isEmpty();
    assertThat(bridge.scim().get("/Users/" + ada).at(RunningBridge.STATE)).isEqualTo("orphaned");
    assertThat(compare("sync").findings()).isEmpty();
  }

  @Test
  void strangersAreToldAndLeftAlone() {
    bridge.pbx().stranger("bob", "1500");
    bridge.pbx().synced("carol", "1501");
    bridge.pbx().post("/api/groups", "{'name':'Reception'}");
    var before = bridge.pbx().users();

    var compared = compare("sync");

    assertThat(compared.lines())
        .containsExactlyInAnyOrder(
            "unexpected user bob left",
            "unexpected user carol left",
            "unexpected group Reception left");
    assertThat(compared.count("strangers")).isEqualTo(2);
    assertThat(compared.count("pbxManaged")).isEqualTo(1);
    assertThat(bridge.pbx().users()).isEqualTo(before);
    assertThat(bridge.pbx().groups("Reception")).hasSize(1);
  }

  @Test
  void whomThePbxKeepsItselfByNowIsToldAndLeftAlone() throws SQLException {
    create("ada");
    var zoe = create("zoe");
    bridge.scim().patch("/Users/" + zoe, LEAVES).isDone();
    bridge.pbx().change("ada", "'department':'Sales'");
    bridge.pbx().change("zoe", "'enabled':true");
    synchronised();
    var before = bridge.pbx().users();

    var compared = compare("sync");

    assertThat(compared.lines())
        .containsExactly("different user zoe left", "different user ada left");
    assertThat(compared.findings())
        .allMatch(it -> it.path("reason").asText().equals("the pbx keeps this user itself"));
    assertThat(compared.count("alarming")).isEqualTo(1);
    assertThat(bridge.pbx().users()).isEqualTo(before);
    assertThat(bridge.openWork()).isEmpty();
  }

  /** The PBX begins to synchronise everybody it has from elsewhere. */
  private void synchronised() throws SQLException {
    var file = "jdbc:sqlite:" + bridge.pbxFiles().resolve("portsip.db");
    try (var pbx = DriverManager.getConnection(file);
        var update = pbx.createStatement()) {
      update.execute("UPDATE users SET body = json_set(body, '$.sync_type', 'LDAP')");
    }
  }

  @Test
  void membersAreSetRightAndStrangersAmongThemStay() {
    var ada = create("ada");
    create("grace");
    bridge.pbx().stranger("bob", "1500");
    bridge.scim().createGroup("Sales", ada).is(201);
    var sales = bridge.pbx().groups("Sales").getFirst();
    var ours = bridge.pbx().extension("ada");
    var added = bridge.pbx().extension("grace");
    bridge.pbx().post(member(sales, ours) + "/destroy");
    bridge.pbx().post(member(sales, added));
    bridge.pbx().post(member(sales, "1500"));

    assertThat(compare("report").lines())
        .contains(
            "missing member Sales reported",
            "unexpected member Sales reported",
            "unexpected member Sales left");
    compare("upsert");
    assertThat(bridge.pbx().members(sales)).containsExactlyInAnyOrder(ours, added, "1500");
    compare("sync");
    assertThat(bridge.pbx().members(sales)).containsExactlyInAnyOrder(ours, "1500");
  }

  @Test
  void aGroupThatThePbxLostComesBackWithItsMembers() {
    bridge.scim().createGroup("Sales", create("ada"), create("grace")).is(201);
    var sales = bridge.pbx().groups("Sales").getFirst();
    bridge.pbx().post("/api/groups/" + sales.path("id").asText() + "/destroy");

    assertThat(compare("upsert").lines()).containsExactly("missing group Sales repaired");

    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void somebodyDeletedWhoIsBackIsTakenAwayBySyncAlone() throws IOException {
    var ada = create("ada");
    var backup = backup();
    bridge.scim().delete("/Users/" + ada).is(204);
    restore(backup);
    assertThat(bridge.pbx().users("ada")).hasSize(1);

    var told = compare("upsert");

    assertThat(told.lines()).containsExactly("unexpected user ada reported");
    assertThat(told.findings().getFirst().path("origin").asText()).isEqualTo("ours");
    assertThat(told.count("alarming")).isEqualTo(1);
    assertThat(compare("sync").lines()).containsExactly("unexpected user ada repaired");
    assertThat(bridge.pbx().users()).isEmpty();
    assertThat(bridge.openWork()).isEmpty();
    bridge.scim().createUser("ada").is(201);
  }

  private Path backup() throws IOException {
    bridge.stop();
    var backup = copy(bridge.pbxFiles(), directory.resolve("backup"));
    bridge.start();
    return backup;
  }

  private void restore(Path backup) throws IOException {
    bridge.stop();
    copy(backup, bridge.pbxFiles());
    bridge.start();
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var old = Files.list(to)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  @Test
  void whatAWriteIsAtIsLeftToIt() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users/[^/]+/ms365_binding", new Fault.Status(400)));
    var ada =
        bridge
            .scim()
            .createUser(
                "ada", "'%s':{'ms365':{'id':'ada@corp.example'}}".formatted(RunningBridge.PBX_URN))
            .is(201);
    assertThat(ada.at(RunningBridge.STATE)).isEqualTo("blocked");
    bridge.pbx().change("ada", "'department':'Sales'");

    assertThat(compare("sync").findings()).isEmpty();

    assertThat(bridge.pbx().user("ada").path("department").asText()).isEqualTo("Sales");
  }

  @Test
  void aListThatBreaksOffSaysNothingOfWhoIsMissing() {
    create("ada");
    bridge.emulator().faults().replace(FaultRule.on("GET", "/api/users", new Fault.Status(500)));

    var compared = compare("sync");

    assertThat(compared.findings()).isEmpty();
    assertThat(compared.report().path("failure").asText()).contains("500");
  }

  @Test
  void manyLeaversAtOnceWaitForAnOperator() {
    for (int i = 0; i < 4; i++) {
      bridge.scim().patch("/Users/" + create("user" + i), LEAVES).isDone();
      bridge.pbx().change("user" + i, "'enabled':true");
    }
    create("ada");
    bridge.pbx().change("ada", "'department':'Sales'");

    var held = compare("upsert");

    assertThat(held.count("held")).isEqualTo(4);
    assertThat(held.count("repaired")).isEqualTo(1);
    assertThat(enabled()).isEqualTo(5);
    var brake = operator("GET", "/brakes").json().path("items").path(0);
    assertThat(brake.path("tenant").asText()).isEqualTo("office");
    assertThat(brake.path("wanted").asInt()).isEqualTo(4);
    assertThat(brake.path("allowed").asInt()).isEqualTo(3);
    assertThat(compare("upsert").count("held")).isEqualTo(4);

    operator("POST", "/brakes/office/reconcile/release").is(204);

    assertThat(compare("upsert").count("repaired")).isEqualTo(4);
    assertThat(enabled()).isEqualTo(1);
    assertThat(operator("GET", "/brakes").json().path("items")).isEmpty();
  }

  @Test
  void whatWasReleasedIsReleasedOnce() {
    for (int i = 0; i < 4; i++) {
      bridge.scim().patch("/Users/" + create("user" + i), LEAVES).isDone();
      bridge.pbx().change("user" + i, "'enabled':true");
    }
    compare("upsert");
    operator("POST", "/brakes/office/reconcile/release").is(204);
    compare("upsert");
    for (int i = 0; i < 4; i++) {
      bridge.pbx().change("user" + i, "'enabled':true");
    }

    assertThat(compare("upsert").count("held")).isEqualTo(4);
  }

  private long enabled() {
    return bridge.pbx().users().stream().filter(it -> it.path("enabled").asBoolean()).count();
  }

  private Answer operator(String method, String path) {
    return bridge.operator().send(method, path, Optional.empty());
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(operator("GET", "/reconcile/nowhere").status()).isEqualTo(404);
    assertThat(operator("POST", "/reconcile/office?repair=all").is(400).at("/detail"))
        .contains("repair");
    assertThat(operator("POST", "/brakes/office/reconcile/release").status()).isEqualTo(404);
  }
}
