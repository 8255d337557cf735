package dev.patchbay.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.keycloak.config.Authentication.BearerToken;
import dev.patchbay.keycloak.config.Authentication.ClientCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class TargetConfigTest {
  @Test
  void needsNothingButUrlAndToken() {
    var target = read(component());

    assertThat(target.scimUrl()).isEqualTo(URI.create("https://scim.example.com/office/scim/v2"));
    assertThat(target.authentication()).isEqualTo(new BearerToken("secret"));
    assertThat(target.users()).isEqualTo(new UserFilter.Everyone());
    assertThat(target.groups().none()).isTrue();
    assertThat(target.onRemoval()).isEqualTo(RemovalPolicy.DELETE);
    assertThat(target.limits().maxAttempts()).isEqualTo(10);
  }

  @Test
  void takesClientCredentialsInsteadOfAToken() {
    var component = component();
    component.put("token", "");
    component.put("oauthTokenUrl", "https://login.example.com/token");
    component.put("oauthClientId", "patchbay");
    component.put("oauthClientSecret", "${vault.pbx}");

    assertThat(
            TargetConfig.of(component, value -> value.contains("vault") ? "opened" : value)
                .authentication())
        .isEqualTo(
            new ClientCredentials(
                URI.create("https://login.example.com/token"), "patchbay", "opened", ""));
  }

  @Test
  void readsListsAsTheConsoleAndTheRestApiWriteThem() {
    var component = component();
    component
        .getConfig()
        .put("roles", List.of("pbx-user##pbx-manager=QueueManager", "phones.lead"));

    assertThat(read(component).roles())
        .isEqualTo(
            Map.of(
                "pbx-user", "pbx-user",
                "pbx-manager", "QueueManager",
                "phones.lead", "phones.lead"));
  }

  @Test
  void aGroupStandsForThoseBelowIt() {
    var groups = new GroupFilter(Set.of("/sales"));

    assertThat(groups.includes("/sales")).isTrue();
    assertThat(groups.includes("/sales/emea")).isTrue();
    assertThat(groups.includes("/salesforce")).isFalse();
  }

  @Test
  void mapsAttributesOfTheUserAndOfExtensions() {
    var component = component();
    component
        .getConfig()
        .put(
            "attributes",
            List.of(
                "title=job",
                "phoneNumbers[mobile]=cell",
                "urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber=ext"));

    assertThat(read(component).attributes())
        .containsExactlyInAnyOrder(
            new AttributeMapping("", "title", Optional.empty(), "job"),
            new AttributeMapping(
                "",
                "phoneNumbers",
                Optional.of(new AttributeMapping.Part.OfType("mobile")),
                "cell"),
            new AttributeMapping(
                "urn:ietf:params:scim:schemas:extension:pbx:2.0:User",
                "extensionNumber",
                Optional.empty(),
                "ext"));
  }

  /** Keycloak gives them in another one whenever the component was saved. */
  @Test
  void theOrderOfAttributesIsNoDifference() {
    var one = component();
    one.getConfig().put("attributes", List.of("title=job", "nickName=nick"));
    var other = component();
    other.getConfig().put("attributes", List.of("nickName=nick", "title=job"));

    assertThat(read(one)).isEqualTo(read(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scimUrl | | scimUrl: is needed",
        "scimUrl | scim.example.com | scimUrl: expected https://host/path",
        "scimUrl | ftp://scim.example.com | scimUrl: expected https://host/path",
        "scimUrl | https://me:pw@scim.example.com | scimUrl: expected https://host/path",
        "scimUrl | http://scim.example.com | scimUrl: expected https, since http shows the token",
        "token | | token: a bearer token, or oauthTokenUrl, is needed",
        "users | some | users: expected one of [all, group, role, attribute], was 'some'",
        "groups | sales | groups: expected the path of a group, such as /sales, was 'sales'",
        "roles | =x | roles: expected name=value, was '=x'",
        "attributes | title | attributes: expected name=value, was 'title'",
        "attributes | a b=c | attributes: expected title",
        "attributes | active=here | attributes: expected an attribute that is not sent already",
        "attributes | name=nick | attributes: expected an attribute that is not sent already",
        "attributes | displayName.x=a | attributes: expected an attribute that is not sent already",
        "attributes | urn:ietf:params:scim:schemas:core:2.0:User:userName=x"
            + " | attributes: expected an attribute that is not sent already",
        "attributes | title=job##title=rank | attributes: 'title' has another value already",
        "attributes | title=job##title.x=rank | attributes: 'title' has another value already",
        "unknownAccounts | drop | unknownAccounts: expected one of [report, remove], was 'drop'",
        "onRemoval | forget | onRemoval: expected one of [delete, deactivate, keep], was 'forget'",
        "batchSize | 0 | batchSize: expected 1 to 1000, was '0'",
        "brakePercent | all | brakePercent: expected 0 to 100, was 'all'",
      })
  void saysWhichSettingIsWrongAndWhatIsExpected(String key, String value, String message) {
    var component = component();
    component.put(key, value == null ? "" : value);

    assertThatThrownBy(() -> read(component))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("pw@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:8080/x"})
  void plainHttpIsFineWithinTheMachine(String url) {
    var component = component();
    component.put("scimUrl", url);

    assertThat(read(component).scimUrl()).isEqualTo(URI.create(url));
  }

  @Test
  void plainHttpElsewhereHasToBeAllowed() {
    var component = component();
    component.put("scimUrl", "http://bridge:8080/office/scim/v2");
    component.put("plainHttp", "true");

    assertThat(read(component).scimUrl().getHost()).isEqualTo("bridge");
  }

  @Test
  void neverShowsATokenInWords() {
    assertThat(read(component()).toString()).doesNotContain("secret");
  }

  private static TargetConfig read(ComponentModel component) {
    return TargetConfig.of(component, value -> value);
  }

  private static ComponentModel component() {
    var component = new ComponentModel();
    component.setName("phones");
    component.put("scimUrl", "https://scim.example.com/office/scim/v2/");
    component.put("token", "secret");
    return component;
  }
}
