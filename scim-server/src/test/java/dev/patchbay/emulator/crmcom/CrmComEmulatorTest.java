package dev.patchbay.emulator.crmcom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.crmcom.Undocumented.NeedlessExtension;
import dev.patchbay.emulator.crmcom.Undocumented.NewId;
import dev.patchbay.pbx.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendor's pages say, asked for as they show it. */
class CrmComEmulatorTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  private final CrmComOptions options = CrmComOptions.defaults().withClock(clock);

  private record Answer(int status, JsonNode body) {
    String code() {
      return body.path("status").path("code").asText();
    }

    String message() {
      return body.path("status").path("message").asText();
    }
  }

  private static JsonNode vendor(String name) throws IOException {
    String file = "/vendor/crmcom/" + name + ".json";
    try (var in = Objects.requireNonNull(CrmComEmulatorTest.class.getResourceAsStream(file))) {
      return JSON.readTree(in);
    }
  }

  private static Answer post(CrmComEmulator pbx, String path, JsonNode body) throws Exception {
    return sent(HttpRequest.newBuilder(at(pbx, path)), body);
  }

  private static Answer sent(HttpRequest.Builder request, JsonNode body) throws Exception {
    var answer =
        HTTP.send(
            request.POST(BodyPublishers.ofString(body.toString())).build(),
            BodyHandlers.ofString());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private static URI at(CrmComEmulator pbx, String path) {
    return URI.create(pbx.baseUrl() + path);
  }

  private static String token(CrmComEmulator pbx) throws Exception {
    JsonNode example = vendor("token");
    Answer answer = post(pbx, example.path("path").asText(), example.path("request"));
    return answer.body().path("data").path("token").asText();
  }

  /** The vendor's example, with a token of this emulator. */
  private static ObjectNode user(String token) throws IOException {
    return ((ObjectNode) vendor("users-create").path("request")).put("token", token);
  }

  private static Answer create(CrmComEmulator pbx, ObjectNode user) throws Exception {
    return post(pbx, "/users/create", user);
  }

  @Test
  void givesATokenForTheVendorsRequests() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      JsonNode byKey = vendor("web-api-key-token");
      var request =
          HttpRequest.newBuilder(at(pbx, byKey.path("path").asText()))
              .header("Authorization", byKey.path("authorization").asText());

      Answer answer = sent(request, byKey.path("request"));

      assertThat(answer.code()).isEqualTo("OK");
      assertThat(answer.body().path("data").path("token").asText()).hasSizeGreaterThan(32);
      assertThat(token(pbx)).hasSizeGreaterThan(32);
    }
  }

  @Test
  void answersTheVendorsCreateWithTheWholeUser() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      Answer answer = create(pbx, user(token(pbx)));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(vendor("users-create").path("response"));
    }
  }

  @Test
  void limitsTheAnswerToTheFieldsAskedFor() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      Answer answer = create(pbx, user(token(pbx)).put("fields_set", "id, username"));

      assertThat(answer.body().path("data"))
          .isEqualTo(Json.object().put("username", "anna.berg").put("id", "1"));
    }
  }

  @Test
  void refusesASecondUserOfTheName() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      String token = token(pbx);
      create(pbx, user(token));

      Answer again = create(pbx, user(token).put("username", "Anna.Berg"));

      assertThat(again.status()).isEqualTo(200);
      assertThat(again.code()).isEqualTo("ERROR");
      assertThat(again.message())
          .isEqualTo(vendor("duplicate").path("status").path("message").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username",
        "password",
        "password_confirmation",
        "first_name",
        "last_name",
        "user_template_identifier",
        "cti_phone_extension_number"
      })
  void refusesAUserWithoutWhatIsMandatory(String member) throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      ObjectNode user = user(token(pbx));
      user.remove(member);

      assertThat(create(pbx, user).code()).isEqualTo("ERROR");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"1\",\"name\":\"Agent\"}",
        "{\"name\":\"Boss\"}",
        "{\"code\":\"Agent\"}",
        "{}"
      })
  void takesATemplateByExactlyOneIdentifier(String identifier) throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      ObjectNode user = user(token(pbx));
      user.set("user_template_identifier", JSON.readTree(identifier));

      assertThat(create(pbx, user).code()).isEqualTo("ERROR");
      assertThat(pbx.calls().lines()).containsExactly("POST /crm/users/create");
    }
  }

  @Test
  void refusesWhatHasTheWrongForm() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      String token = token(pbx);

      assertThat(create(pbx, user(token).put("udf_float_1", "0.5")).code()).isEqualTo("ERROR");
      assertThat(create(pbx, user(token).put("udf_date_1", "1.3.2025")).code()).isEqualTo("ERROR");
      assertThat(create(pbx, user(token).put("active", false)).code()).isEqualTo("ERROR");
      assertThat(create(pbx, user(token).put("password_confirmation", "other")).code())
          .isEqualTo("ERROR");
    }
  }

  @Test
  void aTokenEndsAfterTwoHoursUsedOrNot() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      String token = token(pbx);
      clock.advance(Duration.ofMinutes(119));
      Answer inTime = create(pbx, user(token));
      clock.advance(Duration.ofMinutes(1));

      Answer late = create(pbx, user(token).put("username", "ben"));

      assertThat(inTime.code()).isEqualTo("OK");
      assertThat(late.code()).isEqualTo("ERROR");
      assertThat(late.message()).contains("token");
    }
  }

  @Test
  void aReleasedTokenIsNoneAnyMore() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      String token = token(pbx);

      post(pbx, "/authentication/token/release", Json.object().put("token", token));

      assertThat(create(pbx, user(token)).code()).isEqualTo("ERROR");
    }
  }

  @Test
  void whatTheVendorLeavesOpenGoesTheOtherWayByItsSwitches() throws Exception {
    var other =
        new Undocumented(
            Set.of("id"),
            400,
            NewId.DATA_USER,
            NeedlessExtension.REFUSED,
            Undocumented.Taken.UNSAID,
            Set.of());
    try (var pbx = CrmComEmulator.start(options.withUndocumented(other))) {
      String token = token(pbx);
      ObjectNode byId = user(token);
      byId.putObject("user_template_identifier").put("id", "1");
      ObjectNode needless = user(token);
      needless.putObject("user_template_identifier").put("id", "2");

      assertThat(create(pbx, user(token)).status()).isEqualTo(400);
      assertThat(create(pbx, needless).code()).isEqualTo("ERROR");
      assertThat(create(pbx, byId).body().path("data").path("user").path("id").asText())
          .isEqualTo("1");
    }
  }

  @Test
  void testsSeeWhoIsThereAndNoSecretIsKept() throws Exception {
    try (var pbx = CrmComEmulator.start(options)) {
      create(pbx, user(token(pbx)));
      var request = HttpRequest.newBuilder(pbx.uri().resolve("/_emulator/users")).build();

      String users = HTTP.send(request, BodyHandlers.ofString()).body();

      assertThat(JSON.readTree(users).get(0).path("username").asText()).isEqualTo("anna.berg");
      assertThat(users).doesNotContain("Kettle");
      assertThat(pbx.calls().calls().toString()).doesNotContain("Kettle");
    }
  }
}
