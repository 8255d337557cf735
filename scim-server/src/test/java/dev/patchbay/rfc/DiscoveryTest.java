package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §4 and RFC 7643 §5 to §7: what the server says of itself. */
@RfcTest
class DiscoveryTest {
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  private final Scim scim;

  DiscoveryTest(Scim scim) {
    this.scim = scim;
  }

  @Test
  @Section({"7644 §4", "7643 §5"})
  void describesTheServiceProvider() {
    var config = scim.get("/ServiceProviderConfig").is(200).json();

    assertThat(config.path("schemas"))
        .extracting(JsonNode::asText)
        .containsExactly(CORE + "ServiceProviderConfig");
    for (String feature : List.of("patch", "bulk", "filter", "changePassword", "sort", "etag")) {
      assertThat(config.path(feature).path("supported").isBoolean()).as(feature).isTrue();
    }
    assertThat(config.at("/bulk/maxOperations").isInt()).isTrue();
    assertThat(config.at("/bulk/maxPayloadSize").isInt()).isTrue();
    assertThat(config.at("/filter/maxResults").intValue()).isPositive();
    assertThat(config.at("/meta/location").asText())
        .isEqualTo(scim.base() + "/ServiceProviderConfig");
    assertThat(config.at("/meta/resourceType").asText()).isEqualTo("ServiceProviderConfig");
  }

  @Test
  @Section("7643 §5")
  void describesItsAuthenticationSchemes() {
    var schemes = scim.get("/ServiceProviderConfig").json().path("authenticationSchemes");

    assertThat(schemes).isNotEmpty();
    for (JsonNode scheme : schemes) {
      assertThat(scheme.path("type").asText())
          .isIn("oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest");
      assertThat(scheme.path("name").asText()).isNotBlank();
      assertThat(scheme.path("description").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ResourceTypes", "/Schemas"})
  @Section("7644 §4")
  void listsInTheFormOfAList(String path) {
    var list = scim.get(path).is(200).json();

    assertThat(list.path("schemas")).extracting(JsonNode::asText).containsExactly(Scim.LIST);
    assertThat(list.path("totalResults").intValue()).isEqualTo(list.path("Resources").size());
    assertThat(list.path("Resources")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ResourceTypes", "/Schemas"})
  @Section({"7644 §4", "7643 §6", "7643 §7"})
  void givesEachOfTheListByItself(String path) {
    for (JsonNode each : scim.get(path).json().path("Resources")) {
      Answer alone = scim.get(path + "/" + each.path("id").asText()).is(200);

      assertThat(alone.json()).isEqualTo(each);
      assertThat(alone.at("/meta/location"))
          .isEqualTo(scim.base() + path + "/" + each.path("id").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ResourceTypes", "/Schemas", "/ServiceProviderConfig"})
  @Section("7644 §4")
  void refusesToFilterWhatIsNotFiltered(String path) {
    scim.get(path + "?filter=id pr").isError(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ResourceTypes", "/Schemas", "/ServiceProviderConfig"})
  @Section("7644 §4")
  void ignoresSortingAndPaging(String path) {
    var whole = scim.get(path).json();

    assertThat(scim.get(path + "?sortBy=name&sortOrder=descending").is(200).json())
        .isEqualTo(whole);
    assertThat(scim.get(path + "?startIndex=2&count=1").is(200).json()).isEqualTo(whole);
    assertThat(scim.get(path + "?count=0&cursor=x").is(200).json()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ResourceTypes/none",
        "/Schemas/urn:none",
        "/Schemas/User",
        "/ServiceProviderConfig/none",
        "/Schemas/urn:ietf:params:scim:api:messages:2.0:PatchOp",
        "/Schemas/urn:ietf:params:scim:api:messages:2.0:ListResponse",
        "/Schemas/urn:ietf:params:scim:api:messages:2.0:Error"
      })
  @Section({"7644 §3.1", "7644 §4"})
  void hasNoSchemasOfMessages(String path) {
    scim.get(path).isError(404);
  }

  @Test
  @Section("7643 §6")
  void describesItsResourceTypes() {
    for (JsonNode type : scim.declared().types().values()) {
      assertThat(type.path("schemas"))
          .extracting(JsonNode::asText)
          .containsExactly(CORE + "ResourceType");
      assertThat(type.path("name").asText()).isNotBlank();
      assertThat(type.path("description").asText()).isNotBlank();
      assertThat(type.path("endpoint").asText()).startsWith("/");
      assertThat(type.at("/meta/resourceType").asText()).isEqualTo("ResourceType");
      assertThat(scim.declared().schemas()).containsKey(type.path("schema").asText());
      for (JsonNode extension : type.path("schemaExtensions")) {
        assertThat(scim.declared().schemas()).containsKey(extension.path("schema").asText());
        assertThat(extension.path("required").isBoolean()).isTrue();
      }
    }
  }

  @Test
  @Section({"7643 §6", "7644 §3.2"})
  void servesEachTypeWhereItSaysUnderAPluralName() {
    for (JsonNode type : scim.declared().types().values()) {
      assertThat(type.path("endpoint").asText()).isEqualTo("/" + type.path("name").asText() + "s");
      scim.get(type.path("endpoint").asText() + "?count=1").is(200);
    }
  }

  @Test
  @Section("7643 §6")
  void hasTheCoreTypes() {
    assertThat(scim.declared().types()).containsKeys(Scim.USER, Scim.GROUP);
    assertThat(scim.declared().types().keySet().iterator().next()).isEqualTo(Scim.USER);
    assertThat(scim.declared().extensions(Scim.USER)).contains(Scim.ENTERPRISE);
  }
}
