package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInApiTest extends EmulatorTest {
  private static final String DOMAIN = "office.example.com";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final PortSipEmulatorOptions options =
      PortSipEmulatorOptions.defaults(clock).withAccount("bridge", "its-password", DOMAIN);

  private static ObjectNode credentials(String name, String password) {
    return Json.object().put("username", name).put("password", password).put("domain", DOMAIN);
  }

  private static String form(String name, String password) {
    return "grant_type=password&scope=all&client_id=web&username="
        + EmulatorClient.encoded(name)
        + "&password="
        + EmulatorClient.encoded(password)
        + "&domain="
        + DOMAIN;
  }

  private EmulatorClient client(PortSipEmulatorOptions chosen) throws IOException {
    return EmulatorClient.of(start(chosen));
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() throws IOException {
    var client = client(options);

    for (String path : new String[] {"/api/users", "/api/roles", "/api/groups", "/api/user"}) {
      var answer = client.with("wrong").get(path);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
    }
    assertThat(client.with("").get("/api/users").status()).isEqualTo(401);
    assertThat(client.get("/api/users").status()).isEqualTo(200);
  }

  @Test
  void infoNeedsNoToken() throws IOException {
    var info = client(options).with("wrong").get("/api/info?domain=" + DOMAIN);

    assertThat(info.status()).isEqualTo(200);
    assertThat(info.body().path("enable_ms365_integration").asBoolean()).isTrue();
  }

  @Test
  void signingInGivesATokenThatEnds() throws IOException {
    var client = client(options.withTokenLife(Duration.ofMinutes(10)));

    var answer = client.post("/api/auth/sign_in", credentials("bridge", "its-password"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.body().path("expires_in").asInt()).isEqualTo(600);
    var signedIn = client.with(answer.body().path("access_token").asText());
    assertThat(signedIn.get("/api/users").status()).isEqualTo(200);
    now.updateAndGet(it -> it.plusSeconds(599));
    assertThat(signedIn.get("/api/users").status()).isEqualTo(200);
    now.updateAndGet(it -> it.plusSeconds(1));
    assertThat(signedIn.get("/api/users").status()).isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsGoodOnceAndLongerThanTheAccessToken() throws IOException {
    var client = client(options.withTokenLife(Duration.ofMinutes(10)));
    var first = client.post("/api/auth/sign_in", credentials("bridge", "its-password")).body();
    now.updateAndGet(it -> it.plusSeconds(900));
    ObjectNode refresh = Json.object().put("refresh_token", first.path("refresh_token").asText());

    var second = client.post("/api/auth/refresh_token", refresh);

    assertThat(second.status()).isEqualTo(200);
    String token = second.body().path("access_token").asText();
    assertThat(client.with(token).get("/api/users").status()).isEqualTo(200);
    assertThat(second.body().path("refresh_token").asText())
        .isNotEmpty()
        .isNotEqualTo(first.path("refresh_token").asText());
    assertThat(client.post("/api/auth/refresh_token", refresh).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth/sign_out", "/api/login/oauth/revoke"})
  void signingOutEndsTheToken(String path) throws IOException {
    var client = client(options);
    String token =
        client
            .post("/api/auth/sign_in", credentials("bridge", "its-password"))
            .body()
            .path("access_token")
            .asText();

    assertThat(client.with(token).post(path).status()).isEqualTo(200);

    assertThat(client.with(token).get("/api/users").status()).isEqualTo(401);
  }

  @Test
  void theOlderWayTakesAForm() throws IOException {
    var client = client(options);

    var answer = client.form("/api/login/oauth/token", form("bridge", "its-password"));

    assertThat(answer.status()).isEqualTo(200);
    String token = answer.body().path("access_token").asText();
    assertThat(client.with(token).get("/api/users").status()).isEqualTo(200);
    var refreshed =
        client.form(
            "/api/login/oauth/token",
            "grant_type=refresh_token&client_id=web&refresh_token="
                + answer.body().path("refresh_token").asText());
    assertThat(refreshed.body().path("access_token").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bridge, wrong, office.example.com",
    "nobody, its-password, office.example.com",
    "bridge, its-password, other.example.com"
  })
  void wrongCredentialsAreRefusedInBothWays(String name, String password, String domain)
      throws IOException {
    var client = client(options);

    var signIn =
        client.post("/api/auth/sign_in", credentials(name, password).put("domain", domain));
    var token = client.form("/api/login/oauth/token", form(name, password).replace(DOMAIN, domain));

    for (var answer : new EmulatorClient.Answer[] {signIn, token}) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
      assertThat(answer.body().path("errors").path(0).path("message").asText())
          .isEqualTo("Login failed, authentication error");
    }
  }

  @Test
  void whatIsNoSignInIsRefused() throws IOException {
    var client = client(options);

    for (String wrong :
        new String[] {"", "grant_type=magic&client_id=web", "grant_type=password&client_id=%zz"}) {
      assertThat(client.form("/api/login/oauth/token", wrong).status()).isEqualTo(400);
    }
    String noClient = form("bridge", "its-password").replace("client_id=web&", "");
    assertThat(client.form("/api/login/oauth/token", noClient).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"OAUTH, 200, 404, 401", "SIGNIN, 404, 200, 401", "STATIC, 404, 404, 200"})
  void onlyTheChosenWayIsOpen(AuthStyle style, int oauth, int signIn, int fixed)
      throws IOException {
    var client = client(options.withAuthStyles(style));

    assertThat(client.form("/api/login/oauth/token", form("bridge", "its-password")).status())
        .isEqualTo(oauth);
    assertThat(client.post("/api/auth/sign_in", credentials("bridge", "its-password")).status())
        .isEqualTo(signIn);
    assertThat(client.get("/api/users").status()).isEqualTo(fixed);
  }

  private static ObjectNode otp(String token, String code) {
    return Json.object().put("token", token).put("code", code);
  }

  @Test
  void aSecondFactorMakesASessionInsteadOfAToken() throws IOException {
    var client = client(options.withTwoFactor(true));

    var answer = client.post("/api/auth/sign_in", credentials("bridge", "its-password"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("two_factor_enabled").asBoolean()).isTrue();
    assertThat(answer.body().path("token").asText()).isNotEmpty();
    assertThat(answer.body().has("access_token")).isFalse();
    var token = answer.body().path("token").asText();
    assertThat(client.post("/api/auth/send_otp", otp(token, "")).status()).isEqualTo(200);
    assertThat(client.post("/api/auth/send_otp", otp("x", "")).status()).isEqualTo(400);
    assertThat(client.post("/api/auth/verify_otp", otp(token, "1")).status()).isEqualTo(400);
    assertThat(client.post("/api/auth/verify_otp", otp(token, "246810")).body().has("access_token"))
        .isTrue();
    assertThat(client.post("/api/auth/verify_otp", otp(token, "246810")).status()).isEqualTo(400);
  }

  @Test
  void aUserSignsInWithTheCurrentPasswordWhileEnabled() throws IOException {
    var client = client(options);
    String id = client.create("ada", "1001").id();
    assertThat(client.post("/api/auth/sign_in", credentials("ada", "Kf7$qW2z")).status())
        .isEqualTo(200);

    client.post("/api/users/" + id + "/password", Json.object().put("password", "Vx9!hT3p"));

    assertThat(client.post("/api/auth/sign_in", credentials("ada", "Kf7$qW2z")).status())
        .isEqualTo(400);
    var signedIn = client.post("/api/auth/sign_in", credentials("ada", "Vx9!hT3p")).body();
    var ada = client.with(signedIn.path("access_token").asText());
    assertThat(ada.get("/api/user").body().path("extension_number").asText()).isEqualTo("1001");
    client.post("/api/users/" + id, Json.object().put("enabled", false));
    assertThat(client.post("/api/auth/sign_in", credentials("ada", "Vx9!hT3p")).status())
        .isEqualTo(400);
    assertThat(ada.get("/api/users").status()).isEqualTo(401);
  }

  @Test
  void aRoleWithoutThePermissionIsForbidden() throws IOException {
    var client = client(options);
    ObjectNode desk = Json.object().put("name", "Desk");
    desk.putObject("permissions").putObject("user_management").put("users", true);
    client.post("/api/roles", desk);
    String id = client.create("ada", "1001").id();
    var ada =
        client.with(
            client
                .post("/api/auth/sign_in", credentials("ada", "Kf7$qW2z"))
                .body()
                .path("access_token")
                .asText());

    assertThat(ada.get("/api/users").status()).isEqualTo(403);
    assertThat(ada.get("/api/auth/user").body().path("role").asText()).isEqualTo("StandardUser");

    client.post("/api/users/" + id + "/role", Json.object().put("role", "Desk"));
    assertThat(ada.get("/api/users").status()).isEqualTo(200);
    assertThat(ada.get("/api/groups").status()).isEqualTo(200);
    assertThat(ada.get("/api/roles").status()).isEqualTo(403);

    client.post("/api/users/" + id + "/role", Json.object().put("role", "Admin"));
    assertThat(ada.get("/api/roles").status()).isEqualTo(200);
  }

  @Test
  void theServiceAccountIsAnAdmin() throws IOException {
    var client = client(options);

    assertThat(client.get("/api/user").body().path("role").asText()).isEqualTo("Admin");
    assertThat(client.get("/api/auth/user").body().path("role").asText()).isEqualTo("Admin");
    assertThat(client.with("wrong").get("/api/auth/user").status()).isEqualTo(401);
  }
}
