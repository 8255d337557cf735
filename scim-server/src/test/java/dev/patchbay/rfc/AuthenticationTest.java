package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §2, §6 and §7: who may ask, and what is told to whom may not. */
@RfcTest
class AuthenticationTest {
  private final Scim scim;

  AuthenticationTest(Scim scim) {
    this.scim = scim;
  }

  @Test
  @Section("7644 §2")
  void namesItsSchemeToWhoHasNoToken() {
    var answer = scim.with("Authorization", "").get("/Users").isError(401);

    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Basic dXNlcjpwYXNz", "Bearer", "Negotiate x"})
  @Section("7644 §2")
  void namesItsSchemeToWhoHasAWrongOne(String authorization) {
    var answer = scim.with("Authorization", authorization).get("/Users").isError(401);

    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
  }

  @Test
  @Section("7644 §2")
  void takesTheSchemeInAnyCase() {
    var authorization = scim.authorization().replace("Bearer", "bEARER");

    scim.with("Authorization", authorization).get("/Users?count=0").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
  @Section("7644 §2")
  void refusesEveryMethodToWhoMayDoNothing(String method) {
    var user = scim.user();

    scim.with("Authorization", "").send(method, "/Users/" + user.id(), "{}").isError(401);

    assertThat(scim.get("/Users/" + user.id()).is(200).json()).isEqualTo(user.json());
  }

  @Test
  @Section({"7644 §6", "7644 §6.1"})
  void keepsTenantsApart() {
    var user = scim.user();

    scim.intruder().get("/Users/" + user.id()).isError(401);
    scim.intruder().delete("/Users/" + user.id()).isError(401);
    scim.intruder().get("/Users").isError(401);
    scim.get("/Users/" + user.id()).is(200);
  }

  @Test
  @Section("7643 §5")
  void tellsItsSchemesToWhoHasNoneYet() {
    var config = scim.with("Authorization", "").get("/ServiceProviderConfig").is(200).json();

    assertThat(config.path("authenticationSchemes")).isNotEmpty();
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
  }

  @Test
  @Section("7644 §7.5.2")
  void refusesToSearchForSecretsInTheAddress() {
    scim.get("/Users?filter=password eq \"t0p-Secret\"").isError(403, "sensitive");
  }

  @Test
  @Section("7644 §7.5.2")
  void answersNothingOfAQueryInItsErrors() {
    var answer = scim.get("/Users?filter=userName eq \"ada@corp.example\" and").is(400);

    assertThat(answer.text()).doesNotContain("ada@corp.example");
  }
}
