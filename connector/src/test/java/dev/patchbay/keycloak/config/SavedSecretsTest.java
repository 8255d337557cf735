package dev.patchbay.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class SavedSecretsTest {
  private static final String URL = "https://scim.example.com/office/scim/v2";
  private static final String LOGIN = "https://login.example.com/token";
  private static final ComponentModel SAVED = target(Map.of("scimUrl", URL, "token", "pb_old"));
  private static final ComponentModel OAUTH =
      target(Map.of("scimUrl", URL, "oauthTokenUrl", LOGIN, "oauthClientSecret", "pb_old"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/office/scim/v2",
        "https://scim.example.com:8443/office/scim/v2",
        "http://scim.example.com/office/scim/v2"
      })
  void aSavedTokenIsNotSentToAnotherHost(String url) {
    assertThatThrownBy(
            () -> SavedSecrets.check(SAVED, target(Map.of("scimUrl", url, "token", "pb_old"))))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("token: expected another one than the saved")
        .hasMessageNotContaining("pb_old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://scim.example.com/berlin/scim/v2",
        "https://SCIM.example.com:443/office/scim/v2/"
      })
  void anotherTenantOfTheSameHostMayHaveIt(String url) {
    assertThatCode(
            () -> SavedSecrets.check(SAVED, target(Map.of("scimUrl", url, "token", "pb_old"))))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherTokenMayGoAnywhere() {
    var moved = target(Map.of("scimUrl", "https://new.example.com/", "token", "other"));

    assertThatCode(() -> SavedSecrets.check(SAVED, moved)).doesNotThrowAnyException();
  }

  @Test
  void whoKnowsTheSavedTokenMaySendItAnywhere() {
    var moved =
        target(
            Map.of(
                "scimUrl", "https://new.example.com/", "token", "pb_old", "secretAgain", "pb_old"));

    assertThatCode(() -> SavedSecrets.check(SAVED, moved)).doesNotThrowAnyException();
    SavedSecrets.forgetProof(moved);
    assertThat(moved.getConfig()).doesNotContainKey("secretAgain").containsKey("token");
  }

  @Test
  void whoGuessesTheSavedTokenMayNot() {
    var moved =
        target(
            Map.of(
                "scimUrl", "https://evil.example.com/", "token", "pb_old", "secretAgain", "guess"));

    assertThatThrownBy(() -> SavedSecrets.check(SAVED, moved))
        .hasMessageStartingWith("token: expected another one than the saved");
  }

  @Test
  void aReferenceToTheVaultMayGoAnywhere() {
    var saved = target(Map.of("scimUrl", URL, "token", "${vault.phones}"));
    var moved = target(Map.of("scimUrl", "https://new.example.com/", "token", "${vault.phones}"));

    assertThatCode(() -> SavedSecrets.check(saved, moved)).doesNotThrowAnyException();
  }

  @Test
  void aSavedClientSecretIsNotSentToAnotherAuthorizationServer() {
    var moved =
        target(
            Map.of(
                "scimUrl", URL,
                "oauthTokenUrl", "https://evil.example.com/token",
                "oauthClientSecret", "pb_old"));

    assertThatThrownBy(() -> SavedSecrets.check(OAUTH, moved))
        .hasMessageStartingWith("oauthClientSecret: expected another one");
  }

  @Test
  void whatASavedClientSecretOpensIsNotSentToAnotherHost() {
    var moved =
        target(
            Map.of(
                "scimUrl", "https://evil.example.com/",
                "oauthTokenUrl", LOGIN,
                "oauthClientSecret", "pb_old"));

    assertThatThrownBy(() -> SavedSecrets.check(OAUTH, moved))
        .hasMessageStartingWith("oauthClientSecret: expected another one");
  }

  private static ComponentModel target(Map<String, String> settings) {
    var component = new ComponentModel();
    settings.forEach(component::put);
    return component;
  }
}
