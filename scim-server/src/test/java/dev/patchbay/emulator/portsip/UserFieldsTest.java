package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFieldsTest extends EmulatorTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DIGITS_33 = "123456789012345678901234567890123";

  private EmulatorClient client;

  @BeforeEach
  void startOne() throws IOException {
    client = EmulatorClient.of(start());
  }

  private static ObjectNode userWith(String field, String json) throws IOException {
    ObjectNode user = EmulatorClient.user("ada", "1001");
    user.set(field, MAPPER.readTree(json));
    return user;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "display_name",
        "password",
        "email",
        "role",
        "extension_number",
        "extension_password",
        "voicemail_pin"
      })
  void eightFieldsAreRequired(String field) throws IOException {
    for (String blank : List.of("null", "\"\"")) {
      var answer = client.post("/api/users", userWith(field, blank));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("VALIDATE_FAILED");
      assertThat(answer.fault(field)).isEqualTo("is required");
    }
  }

  @Test
  void theEightFieldsAreEnough() throws IOException {
    assertThat(client.create("ada", "1001").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | \".ada\"",
        "name | \"ada.\"",
        "name | \"ada@example.com\"",
        "name | \"a b\"",
        "name | \"ädä\"",
        "name | \"Admin\"",
        "name | \"SYSTEM\"",
        "name | \"administrator\"",
        "name | \"root\"",
        "name | 7",
        "extension_number | \"12\"",
        "extension_number | \"12a\"",
        "extension_number | 1001",
        "extension_number | \"٣٣٣\"",
        "role | \"User\"",
        "role | \"SystemAdmin\"",
        "role | \"Replicator\"",
        "role | \"Dealer\"",
        "enabled | \"true\"",
        "mobile_phone | \"" + DIGITS_33 + "\"",
        "work_phone | \"" + DIGITS_33 + "\"",
        "home_phone | \"" + DIGITS_33 + "\"",
        "enable_audio_recording | 1",
        "enable_video_recording | \"no\"",
        "enable_dnd | \"yes\"",
        "enable_acb | 0",
        "enable_hot_desking | \"x\"",
        "anonymous_outbound_calls | \"x\"",
        "delivery_outbound_cid | \"x\"",
        "sms | \"allow\"",
        "outbound_caller_ids | {}",
        "outbound_caller_ids | [{\"caller_id\":\"1\"}]",
        "outbound_caller_ids | [{\"provider_id\":\"t\",\"caller_id\":\"1\",\"preferred\":\"x\"}]",
        "custom_options | {\"a\":1}",
        "custom_options | \"{not json\"",
        "office_hours | {\"monday\":{\"enabled\":true}}",
        "office_hours | {\"mode\":\"LOCAL\"}",
        "office_hours |"
            + " {\"mode\":\"CUSTOM\",\"monday\":{\"ranges\":[{\"from\":\"9:00\",\"to\":\"17:00\"}]}}",
        "office_hours | {\"mode\":\"CUSTOM\",\"someday\":{\"enabled\":true}}",
        "available_office_hours_forward_rule | {\"number\":\"1\"}",
        "available_office_hours_forward_rule | {\"action\":\"RING\"}",
        "dnd_office_hours_forward_rule | {\"action\":\"RING_ANYWAY\"}",
        "offline_non_office_hours_forward_rule | {\"action\":\"RING_ANYWAY\"}",
        "trip_office_hours_forward_rule | {\"action\":\"HANGUP\",\"timeout\":5}",
        "available_no_answer_forward_rule | {\"action\":\"RING_ANYWAY\"}",
        "busy_no_answer_forward_rule | {\"action\":\"HANGUP\",\"timeout\":-1}",
        "custom_forward_rules | [{\"action\":\"HANGUP\"}]",
        "custom_forward_rules | [{\"action\":\"HANGUP\",\"type\":\"NEVER\"}]",
        "voicemail_prompt | \"english!\"",
        "enable_voicemail_pin | \"x\"",
        "voicemail_pin | \"74920\"",
        "voicemail_pin | \"74920574920\"",
        "voicemail_pin | \"74920a\"",
        "voicemail_pin | 749205",
        "voicemail_pin | \"749111\"",
        "voicemail_pin | \"742789\"",
        "voicemail_pin | \"012945\"",
        "enable_voicemail_notify | \"x\"",
        "voicemail_play_datetime | \"24H\"",
        "interface | \"IPV4\"",
        "preferred_transport | \"udp\"",
        "blfs | [{\"colour\":\"red\"}]",
        "id | \"x\"",
        "created_at | \"2017-07-21T17:32:28Z\"",
        "sync_type | \"Microsoft 365\"",
        "profile | \"x\"",
        "avatar_file_name | \"x\"",
        "timezone | \"UTC\""
      })
  void aFieldTakesOnlyWhatTheVendorLists(String field, String json) throws IOException {
    var answer = client.post("/api/users", userWith(field, json));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATE_FAILED");
    assertThat(answer.fault(field)).isNotEmpty();
    assertThat(client.get("/api/users").body().path("count").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "name, 64",
    "email, 128",
    "display_name, 1024",
    "role, 64",
    "address, 128",
    "department, 128"
  })
  void textsHaveTheVendorsLength(String field, int most) throws IOException {
    var answer = client.post("/api/users", userWith(field, "\"" + "x".repeat(most + 1) + "\""));

    assertThat(answer.fault(field)).contains("to " + most + " characters");
  }

  @ParameterizedTest
  @CsvSource({"name, 64", "email, 128", "display_name, 1024", "address, 128", "department, 128"})
  void textsMayBeAsLongAsThat(String field, int most) throws IOException {
    String longest = "x".repeat(most);
    var user = userWith(field, "\"" + longest + "\"");

    var id = client.post("/api/users", user).id();

    assertThat(client.get("/api/users/" + id).body().path(field).asText()).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | \"O'Neil_x-1.b\"",
        "extension_number | \"007\"",
        "enabled | false",
        "enable_audio_recording | true",
        "enable_dnd | true",
        "delivery_outbound_cid | false",
        "sms | \"ALLOW_WITH_SENDER_ID\"",
        "outbound_caller_ids | [{\"provider_id\":\"t\",\"caller_id\":\"1\",\"preferred\":true}]",
        "custom_options | \"{\\\"a\\\":1}\"",
        "office_hours |"
            + " {\"mode\":\"CUSTOM\",\"monday\":{\"enabled\":true,\"ranges\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]}}",
        "busy_non_office_hours_forward_rule | {\"action\":\"RING_ANYWAY\"}",
        "away_office_hours_forward_rule | {\"action\":\"FORWARD_TO_NUMBER\",\"number\":\"1002\"}",
        "available_no_answer_forward_rule | {\"action\":\"FORWARD_TO_VOICEMAIL\",\"timeout\":20}",
        "custom_forward_rules |"
            + " [{\"action\":\"RING_ANYWAY\",\"type\":\"SPECIFIC_HOURS\",\"caller_id\":\"1\",\"hours\":{\"sunday\":{\"enabled\":false}}}]",
        "voicemail_prompt | \"de-CH\"",
        "voicemail_pin | \"975310\"",
        "voicemail_play_datetime | \"12_HOUR_CLOCK\"",
        "interface | \"SBC_DOMAIN\"",
        "preferred_transport | \"TLS\"",
        "blfs | [{\"key\":\"1\",\"value\":\"1002\",\"first_name\":\"B\",\"last_name\":\"C\"}]"
      })
  void whatIsGivenIsReadBack(String field, String json) throws IOException {
    String id = client.post("/api/users", userWith(field, json)).id();

    assertThat(client.get("/api/users/" + id).body().path(field)).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void aNoAnswerRuleRingsForAMinuteUnlessTold() throws IOException {
    for (String rule : List.of("available_no_answer_forward_rule", "busy_no_answer_forward_rule")) {
      String extension = rule.startsWith("busy") ? "1001" : "1002";
      var user = EmulatorClient.user("user" + extension, extension);
      user.putObject(rule).put("action", "HANGUP");
      String id = client.post("/api/users", user).id();

      assertThat(client.get("/api/users/" + id).body().path(rule).path("timeout").asInt())
          .isEqualTo(60);
    }
  }

  @Test
  void aDescendingPinIsTaken() throws IOException {
    assertThat(client.post("/api/users", userWith("voicemail_pin", "\"987205\"")).status())
        .isEqualTo(201);
  }

  @Test
  void whatIsNotGivenHasTheVendorsDefault() throws IOException {
    JsonNode user = client.get("/api/users/" + client.create("ada", "1001").id()).body();

    assertThat(user.path("enabled").asBoolean()).isTrue();
    assertThat(user.path("delivery_outbound_cid").asBoolean()).isTrue();
    assertThat(user.path("enable_voicemail_pin").asBoolean()).isTrue();
    assertThat(user.path("enable_audio_recording").isBoolean()).isTrue();
    assertThat(user.path("enable_audio_recording").asBoolean()).isFalse();
    assertThat(user.path("sms").asText()).isEqualTo("DISABLE");
    assertThat(user.path("voicemail_prompt").asText()).isEqualTo("en-US");
    assertThat(user.path("outbound_caller_ids").isArray()).isTrue();
    assertThat(user.path("blfs").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobile_phone",
        "department",
        "enable_dnd",
        "office_hours",
        "busy_no_answer_forward_rule",
        "profile",
        "avatar_file_url",
        "sync_type"
      })
  void aBlankFieldIsNullNotAbsent(String field) throws IOException {
    JsonNode user = client.get("/api/users/" + client.create("ada", "1001").id()).body();

    assertThat(user.has(field)).isTrue();
    assertThat(user.path(field).isNull()).isTrue();
  }

  @Test
  void noReadShowsAPassword() throws IOException {
    String id = client.create("ada", "1001").id();

    var read = client.get("/api/users/" + id);
    assertThat(read.body().has("password")).isFalse();
    assertThat(read.body().has("extension_password")).isFalse();
    assertThat(read.body().path("voicemail_pin").asText()).isEqualTo("749205");
    assertThat(client.get("/api/users").response().body())
        .doesNotContain("749205", "Kf7$qW2z", "Zr8%mB4t");
  }

  @Test
  void listsAreASummary() throws IOException {
    client.create("ada", "1001");

    var item = client.get("/api/users").body().path("items").path(0);

    assertThat(item.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "email",
            "display_name",
            "enabled",
            "role",
            "extension_number",
            "mobile_phone",
            "work_phone",
            "home_phone",
            "address",
            "department",
            "created_at",
            "avatar_file_name",
            "avatar_file_size",
            "avatar_file_url",
            "sync_type");
  }
}
