package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.Conversation;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends what the vendor's pages show, and understands what they answer. */
@Timeout(30)
class PortSipWireTest {
  private static final PbxRef ANNA = new PbxRef("NzAwNTUxOTA5NzczMTQ4MTYw");
  private static final PbxRef PART = new PbxRef("NzAwNTUxOTA5NzczMTQ4MTYy");
  private static final PbxRef SALES = new PbxRef("NzAwNTUxOTA5NzczMTQ4MTYx");
  private static final Secret PASSWORD = Secret.of("Blue-7-Kettle");
  private static final Secret SIP_PASSWORD = Secret.of("Green-9-Spoon");
  private static final Secret PIN = Secret.of("749205");

  private static final String NUMBERS =
      "[{\"provider\":\"NjU\",\"value\":\"+4681234\",\"description\":\"office\"},"
          + "{\"provider\":\"NjU\",\"value\":\"+4685678\"}]";

  private static final PbxUser USER =
      new PbxUser(
          Map.ofEntries(
              Map.entry(PbxField.NAME, "anna.berg"),
              Map.entry(PbxField.EXTENSION, "0100"),
              Map.entry(PbxField.DISPLAY_NAME, "Anna Berg"),
              Map.entry(PbxField.EMAIL, "anna@example.com"),
              Map.entry(PbxField.ENABLED, "true"),
              Map.entry(PbxField.ROLE, "StandardUser"),
              Map.entry(PbxField.WORK_PHONE, "+46 8 123 456"),
              Map.entry(PbxField.MOBILE_PHONE, "+46 70 123 456"),
              Map.entry(PbxField.HOME_PHONE, "+46 8 654 321"),
              Map.entry(PbxField.ADDRESS, "Storgatan 1, Stockholm"),
              Map.entry(PbxField.DEPARTMENT, "Sales"),
              Map.entry(PbxField.MICROSOFT365, "anna@example.com")));

  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  @TempDir private Path directory;

  private static PbxCall disabling() {
    PbxUser leaver =
        USER.with(PbxField.ENABLED, Optional.of("false"))
            .with(PbxField.DEPARTMENT, Optional.empty());
    return new PbxCall.UpdateUser(
        ANNA, leaver, Set.of(PbxField.ENABLED, PbxField.DEPARTMENT), Map.of());
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        arguments("create-user", "merge", create()),
        arguments(
            "create-user-with-settings",
            "merge",
            new PbxCall.CreateUser(
                PortSipSamples.ALL.on(USER), new PbxSecrets(PASSWORD, SIP_PASSWORD, PIN))),
        arguments("update-settings-merge", "merge", PortSipSamples.ALL.set(ANNA, USER)),
        arguments("take-settings-back", "merge", PortSipSamples.SOME.cleared(ANNA, USER)),
        arguments(
            "update-settings-22.6",
            "read-modify-write\napi-level: 22.6",
            PortSipSamples.LATER.set(ANNA, USER)),
        arguments("update-user-merge", "merge", disabling()),
        arguments("update-user-read-modify-write", "read-modify-write", disabling()),
        arguments(
            "voicemail-pin",
            "merge",
            new PbxCall.UpdateUser(ANNA, USER, Set.of(), Map.of(PbxSecret.VOICEMAIL_PIN, PIN))),
        arguments("change-role", "merge", new PbxCall.ChangeRole(ANNA, "QueueManager")),
        arguments("set-password", "merge", new PbxCall.SetPassword(ANNA, PASSWORD)),
        arguments(
            "set-extension-password",
            "merge",
            new PbxCall.SetExtensionPassword(ANNA, SIP_PASSWORD)),
        arguments(
            "bind-microsoft365", "merge", new PbxCall.BindMicrosoft365(ANNA, "anna@example.com")),
        arguments("unbind-microsoft365", "merge", new PbxCall.UnbindMicrosoft365(ANNA)),
        arguments("delete-user", "merge", new PbxCall.DeleteUser(ANNA)),
        arguments(
            "create-group",
            "merge",
            new PbxCall.CreateGroup(new PbxGroup("Sales", Optional.of("Who sells")))),
        arguments(
            "create-group-with-numbers",
            "merge",
            new PbxCall.CreateGroup(
                new PbxGroup("Sales", Optional.of("Who sells"), Optional.of(NUMBERS)))),
        arguments(
            "update-group-read-modify-write",
            "read-modify-write",
            new PbxCall.UpdateGroup(SALES, new PbxGroup("Sales north", Optional.empty()))),
        arguments(
            "update-group-merge",
            "merge",
            new PbxCall.UpdateGroup(SALES, new PbxGroup("Sales north", Optional.empty()))),
        arguments("update-group-with-numbers", "read-modify-write", renumbered()),
        arguments(
            "take-numbers-of-group-back",
            "read-modify-write",
            new PbxCall.UpdateGroup(
                SALES,
                new PbxGroup("Sales north", Optional.of("Who sells")),
                Set.of(PbxField.OUTBOUND_CALLER_IDS))),
        arguments("delete-group", "merge", new PbxCall.DeleteGroup(SALES)),
        arguments("add-member", "merge", new PbxCall.AddMember(SALES, "0100")),
        arguments("remove-member", "merge", new PbxCall.RemoveMember(SALES, "0100")),
        arguments("assign-phone", "merge", new PbxCall.AssignPhone(ANNA, phone(Map.of()))),
        arguments(
            "change-phone-merge",
            "merge",
            new PbxCall.ChangePhone(ANNA, phone(Map.of("language", "GERMAN")))),
        arguments(
            "change-phone-read-modify-write",
            "read-modify-write",
            new PbxCall.ChangePhone(ANNA, phone(Map.of("language", "GERMAN")))),
        arguments("remove-phone", "merge", new PbxCall.RemovePhone(ANNA, phone(Map.of()))),
        arguments(
            "add-speed-dial",
            "merge",
            new PbxCall.AddSpeedDial(
                ANNA, new PbxPart("8/2", Map.of("number", "1001", "description", "Desk")))),
        arguments(
            "change-speed-dial",
            "merge",
            new PbxCall.ChangeSpeedDial(
                ANNA,
                new PbxPart("100/07", Optional.of(PART.id()), Map.of("number", "+46 8 123 456")))),
        arguments(
            "remove-speed-dial",
            "merge",
            new PbxCall.RemoveSpeedDial(
                ANNA, new PbxPart("100/07", Optional.of(PART.id()), Map.of()))));
  }

  private static PbxCall renumbered() {
    var group = new PbxGroup("Sales north", Optional.of("Who sells"), Optional.of(NUMBERS));
    return new PbxCall.UpdateGroup(SALES, group);
  }

  private static PbxPart phone(Map<String, String> other) {
    var values =
        new HashMap<>(
            Map.of(
                "vendor", "Fanvil",
                "model", "V62 Pro",
                "template", "fanvil.ph.xml",
                "timezone", "GMT+8 China(Beijing)",
                "language", "ENGLISH",
                "codecs", "PCMU PCMA G729 G722",
                "transport", "UDP",
                "interface", "WEB_DOMAIN",
                "rps", "true"));
    values.putAll(other);
    return new PbxPart("0c:38:3e:63:fe:e8", Optional.of(PART.id()), values);
  }

  private static PbxCall create() {
    return new PbxCall.CreateUser(USER, new PbxSecrets(PASSWORD, SIP_PASSWORD, PIN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void sendsWhatTheVendorShows(String file, String updateMode, PbxCall call) throws IOException {
    var conversation = Conversation.of("portsip", file);
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "update-mode: " + updateMode)) {
      PbxRef ref = adapter.apply(call);

      conversation.assertHeldBy(pbx);
      assertThat(ref).isEqualTo(about(call));
    }
  }

  private static PbxRef about(PbxCall call) {
    if (call instanceof PbxCall.OfPart part && !part.removes()) {
      return PART;
    }
    return call.name().matches(".*(Group|Member)") ? SALES : ANNA;
  }

  @Test
  void readsPhonesWithoutTheirSecrets() throws IOException {
    var conversation = Conversation.of("portsip", "read-phones");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      var phones = adapter.parts(ANNA, PbxField.PHONES);

      conversation.assertHeldBy(pbx);
      assertThat(phones).isEqualTo(PbxParts.of(List.of(phone(Map.of()))));
    }
  }

  @Test
  void readsAUserWithoutItsSecretsInOurTime() throws IOException {
    var conversation = Conversation.of("portsip", "read-user");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      Found<PbxUser> found = adapter.user(ANNA).orElseThrow();

      conversation.assertHeldBy(pbx);
      assertThat(found.ref()).isEqualTo(ANNA);
      assertThat(found.managedByPbx()).isTrue();
      assertThat(found.createdAt()).contains(Instant.parse("2024-07-21T17:32:28Z"));
      var fields = new EnumMap<PbxField, String>(found.value().fields());
      fields.keySet().removeIf(PbxField::yields);
      assertThat(fields)
          .containsOnly(
              Map.entry(PbxField.NAME, "anna.berg"),
              Map.entry(PbxField.EXTENSION, "0100"),
              Map.entry(PbxField.DISPLAY_NAME, "Anna Berg"),
              Map.entry(PbxField.EMAIL, "anna@example.com"),
              Map.entry(PbxField.ENABLED, "true"),
              Map.entry(PbxField.ROLE, "StandardUser"),
              Map.entry(PbxField.WORK_PHONE, "+46 8 123 456"),
              Map.entry(PbxField.DEPARTMENT, "Sales"));
    }
  }

  @Test
  void readsEverySettingAsItIsSent() throws IOException {
    var conversation = Conversation.of("portsip", "read-user-with-settings");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "api-level: 22.6")) {
      var found = adapter.user(ANNA).orElseThrow().value();

      PortSipSamples.ALL
          .on(USER)
          .fields()
          .forEach(
              (field, value) -> {
                if (field.yields()) {
                  assertThat(found.get(field)).as(field.name()).contains(value);
                }
              });
      assertThat(found.toString()).doesNotContain("Blue-7-Kettle", "Green-9-Spoon", "749205");
    }
  }

  @Test
  void searchesForNameOrExtension() throws IOException {
    var conversation = Conversation.of("portsip", "search-users");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      var found = adapter.usersWith("o'neil", "0100");

      conversation.assertHeldBy(pbx);
      assertThat(found)
          .extracting(user -> user.value().get(PbxField.NAME).orElseThrow())
          .containsExactly("anna.berg", "o'neil");
    }
  }

  @Test
  void readsThePasswordPolicy() throws IOException {
    var conversation = Conversation.of("portsip", "password-policy");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      var expected = new PasswordPolicy(8, 32, true, true, false, true, false, true);

      assertThat(adapter.passwordPolicy()).isEqualTo(expected);
      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void signsInAndRenewsTheTokenBeforeItEnds() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "Blue-7-Kettle");
    var conversation = Conversation.of("portsip", "sign-in");
    try (var pbx = conversation.serve();
        var adapter = openAccount(pbx, password, "")) {
      adapter.apply(new PbxCall.DeleteUser(new PbxRef("NzA")));
      clock.advance(Duration.ofSeconds(1741));
      adapter.apply(new PbxCall.DeleteUser(new PbxRef("NzA")));

      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void signsInByFormOnOldVersions() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "Blue&7");
    var conversation = Conversation.of("portsip", "oauth");
    try (var pbx = conversation.serve();
        var adapter = openAccount(pbx, password, "api-level: 22.0")) {
      adapter.apply(new PbxCall.DeleteUser(new PbxRef("NzA")));
      clock.advance(Duration.ofSeconds(1741));
      adapter.apply(new PbxCall.DeleteUser(new PbxRef("NzA")));

      conversation.assertHeldBy(pbx);
    }
  }

  private PbxAdapter openAccount(ScriptedServer pbx, Path password, String more) {
    String account = "username: bridge\ndomain: office.example.com\npassword: file:" + password;
    return open("base-url: " + pbx.uri() + "\n" + account + "\n" + more);
  }

  private PbxAdapter open(URI base, String more) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    return open("base-url: " + base + "\ntoken: file:" + token + "\n" + more);
  }

  private PbxAdapter open(String settings) {
    return new PortSipDialect().open("office", Section.of(settings), clock, () -> 1);
  }
}
