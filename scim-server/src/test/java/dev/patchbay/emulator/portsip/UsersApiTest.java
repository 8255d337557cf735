package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersApiTest extends EmulatorTest {
  private static final PortSipEmulatorOptions DEFAULTS = PortSipEmulatorOptions.defaults();

  private EmulatorClient client(PortSipEmulatorOptions options) throws IOException {
    return EmulatorClient.of(start(options));
  }

  @Test
  void aCreateAnswersNothingButTheId() throws IOException {
    var answer = client(DEFAULTS).create("ada", "1001");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(Json.object().put("id", answer.id()));
  }

  @Test
  void aNewUserKnowsWhenItWasMade() throws IOException {
    var clock = Clock.fixed(Instant.parse("2017-07-21T17:32:28.5Z"), ZoneOffset.UTC);
    var client = client(PortSipEmulatorOptions.defaults(clock));

    String id = client.create("ada", "1001").id();

    assertThat(client.get("/api/users/" + id).body().path("created_at").asText())
        .isEqualTo("2017-07-21T17:32:28Z");
  }

  @ParameterizedTest
  @CsvSource({"400, VALIDATE_FAILED", "409, CONFLICT"})
  void aNameOrNumberIsTakenOnce(int status, String code) throws IOException {
    var client = client(DEFAULTS.withDuplicateStatus(status));
    client.create("ada", "1001").id();

    for (var duplicate :
        new EmulatorClient.Answer[] {
          client.create("ada", "1002"), client.create("bob", "1001"), client.create("bob", "666")
        }) {
      assertThat(duplicate.status()).isEqualTo(status);
      assertThat(duplicate.code()).isEqualTo(code);
    }
    assertThat(client.get("/api/users").body().path("count").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"555", "666", "777", "888"})
  void serviceNumbersAreTaken(String number) throws IOException {
    assertThat(client(DEFAULTS).create("ada", number).status()).isEqualTo(400);
  }

  @Test
  void ofManyAtOnceOneGetsTheName() throws Exception {
    var client = client(DEFAULTS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var creates =
          IntStream.range(0, 30)
              .mapToObj(
                  i -> (Callable<Integer>) () -> client.create("ada", "10" + i + "0").status())
              .toList();

      var statuses = threads.invokeAll(creates).stream().map(it -> it.resultNow()).toList();

      assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    }
  }

  @Test
  void aFullTenantTakesNoMore() throws IOException {
    var client = client(DEFAULTS.withMaxExtensions(1));
    String first = client.create("ada", "1001").id();

    var refused = client.create("bob", "1002");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("MAX_EXTENSIONS_EXCEEDED");

    client.post("/api/users/" + first + "/destroy");
    assertThat(client.create("bob", "1002").status()).isEqualTo(201);
  }

  @Test
  void anUpdateChangesWhatItNames() throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();

    var answer =
        client.post(
            "/api/users/" + id, Json.object().put("department", "Sales").put("enabled", false));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEmpty();
    JsonNode user = client.get("/api/users/" + id).body();
    assertThat(user.path("department").asText()).isEqualTo("Sales");
    assertThat(user.path("enabled").asBoolean()).isFalse();
    assertThat(user.path("display_name").asText()).isEqualTo("The ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"name", "password", "role", "extension_number", "extension_password", "id"})
  void anUpdateRefusesWhatOnlyACreateSets(String field) throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();

    var answer = client.post("/api/users/" + id, Json.object().put(field, "2002"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fault(field)).isEqualTo("cannot be set by this call");
  }

  @Test
  void anUpdateChecksLikeACreateAndDoesAllOrNothing() throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();

    var answer =
        client.post(
            "/api/users/" + id, Json.object().put("department", "Sales").put("sms", "maybe"));

    assertThat(answer.fault("sms")).isNotEmpty();
    assertThat(client.get("/api/users/" + id).body().path("department").isNull()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(UpdateMode.class)
  void nullClearsAFieldButNotARequiredOne(UpdateMode mode) throws IOException {
    var client = client(DEFAULTS.withUpdateMode(mode));
    String id = client.post("/api/users", user().put("department", "Sales")).id();

    var kept = profile();
    kept.putNull("department");
    assertThat(client.post("/api/users/" + id, kept).status()).isEqualTo(200);
    assertThat(client.get("/api/users/" + id).body().path("department").isNull()).isTrue();
    for (String field : new String[] {"email", "display_name", "voicemail_pin"}) {
      var without = profile();
      without.putNull(field);
      assertThat(client.post("/api/users/" + id, without).fault(field)).isEqualTo("is required");
    }
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode user() {
    return EmulatorClient.user("ada", "1001");
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode profile() {
    return Json.object()
        .put("email", "ada@example.com")
        .put("display_name", "Ada")
        .put("voicemail_pin", "749205");
  }

  @Test
  void replacingForgetsWhatIsNotSent() throws IOException {
    var client = client(DEFAULTS.withUpdateMode(UpdateMode.REPLACE));
    String id =
        client.post("/api/users", user().put("department", "Sales").put("enabled", false)).id();

    assertThat(client.post("/api/users/" + id, profile()).status()).isEqualTo(200);

    JsonNode user = client.get("/api/users/" + id).body();
    assertThat(user.path("department").isNull()).isTrue();
    assertThat(user.path("enabled").asBoolean()).isTrue();
    assertThat(user.path("name").asText()).isEqualTo("ada");
    assertThat(user.path("role").asText()).isEqualTo("StandardUser");
    assertThat(user.path("created_at").isTextual()).isTrue();
  }

  @Test
  void replacingWithoutARequiredFieldIsRefused() throws IOException {
    var client = client(DEFAULTS.withUpdateMode(UpdateMode.REPLACE));
    String id = client.create("ada", "1001").id();

    var answer = client.post("/api/users/" + id, Json.object().put("department", "Sales"));

    assertThat(answer.fault("display_name")).isEqualTo("is required");
    assertThat(answer.fault("email")).isEqualTo("is required");
  }

  @Test
  void theRoleHasItsOwnCall() throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();

    var answer = client.post("/api/users/" + id + "/role", Json.object().put("role", "Admin"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(client.get("/api/users/" + id).body().path("role").asText()).isEqualTo("Admin");
    assertThat(client.users("role eq 'Admin'").body().path("count").asInt()).isOne();
    for (String role : new String[] {"User", "SystemAdmin", "admin", ""}) {
      assertThat(
              client.post("/api/users/" + id + "/role", Json.object().put("role", role)).status())
          .isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "extension_password"})
  void passwordsHaveTheirOwnCallsOfOneField(String call) throws IOException {
    var client = client(DEFAULTS);
    String path = "/api/users/" + client.create("ada", "1001").id() + "/" + call;

    assertThat(client.post(path, Json.object().put("password", "Vx9!hT3p")).status())
        .isEqualTo(200);
    assertThat(client.post(path, Json.object().put("password", "short")).fault("password"))
        .isNotEmpty();
    assertThat(client.post(path, Json.object().put("extension_password", "Vx9!hT3p")).status())
        .isEqualTo(400);
  }

  @Test
  void aDestroyedUserIsGoneAndLeavesNameNumberAndGroups() throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();
    String group = client.post("/api/groups", Json.object().put("name", "sales")).id();
    client.post("/api/groups/" + group + "/members/1001");

    assertThat(client.post("/api/users/" + id + "/destroy").status()).isEqualTo(204);

    assertThat(client.get("/api/users/" + id).status()).isEqualTo(404);
    String again = client.create("ada", "1001").id();
    assertThat(again).isNotEqualTo(id);
    assertThat(client.get("/api/groups/" + group + "/members").body().path("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/destroy",
        "/role",
        "/password",
        "/extension_password",
        "/profile",
        "/balance",
        "/ms365_binding",
        "/ms365_binding/destroy",
        "/status/x/destroy_status"
      })
  void anUnknownUserIsNotFound(String call) throws IOException {
    var body =
        Json.object()
            .put("role", "Admin")
            .put("password", "Vx9!hT3p")
            .put("id", "x@example.com")
            .put("balance", 1);
    if (call.isEmpty()) {
      body.removeAll();
    }

    var answer = client(DEFAULTS).post("/api/users/none" + call, body);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("errors").path(0).path("message").asText()).isNotEmpty();
  }

  @Test
  void theBalanceHasFiveDecimals() throws IOException {
    var client = client(DEFAULTS);
    String path = "/api/users/" + client.create("ada", "1001").id() + "/balance";
    assertThat(client.get(path).body().path("balance").asDouble()).isZero();

    assertThat(client.post(path, Json.object().put("balance", 1.2345678)).status()).isEqualTo(200);

    assertThat(client.get(path).body().path("balance").asDouble()).isEqualTo(1.23457);
    assertThat(client.post(path, Json.object().put("balance", "1")).status()).isEqualTo(400);
  }

  @Test
  void theStatusTellsRegistrationsAndPresence() throws IOException {
    var client = client(DEFAULTS);
    String id = client.post("/api/users", user().put("enable_dnd", true)).id();

    JsonNode status = client.get("/api/users/" + id + "/status").body();

    assertThat(status.path("status").asText()).isEqualTo("OFFLINE");
    assertThat(status.path("registration").isArray()).isTrue();
    assertThat(status.path("enable_dnd").asBoolean()).isTrue();
    assertThat(status.path("enable_acb").asBoolean()).isFalse();
  }

  @Test
  void profilesAreResetOneByOneOrAll() throws IOException {
    var client = client(DEFAULTS);
    String id = client.create("ada", "1001").id();

    assertThat(client.post("/api/users/" + id + "/profile").status()).isEqualTo(200);
    assertThat(client.post("/api/users/profile?id=" + id).status()).isEqualTo(200);
    assertThat(client.post("/api/users/profile").status()).isEqualTo(200);
    assertThat(client.post("/api/users/profile?id=none").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "\"x\"", "nonsense"})
  void aBodyThatIsNoObjectIsInvalid(String body) throws IOException {
    var answer =
        client(DEFAULTS)
            .send("POST", "/api/users", java.util.Optional.of(body), "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATE_FAILED");
  }

  @ParameterizedTest
  @CsvSource({"PUT, /api/users/x, 405", "DELETE, /api/users/x, 405", "GET, /api/nothing, 404"})
  void otherVerbsAndPathsAreRefusedInTheVendorsForm(String method, String path, int status)
      throws IOException {
    var answer =
        client(DEFAULTS).send(method, path, java.util.Optional.empty(), "application/json");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isNotEmpty();
  }
}
