package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §7 and what §2 asks of every attribute: the schemas, as such and against the RFC's. */
@RfcTest
class SchemasTest {
  private static final Set<String> TYPES =
      Set.of(
          "string", "boolean", "decimal", "integer", "dateTime", "reference", "complex", "binary");

  private final Scim scim;

  SchemasTest(Scim scim) {
    this.scim = scim;
  }

  private Stream<JsonNode> attributes() {
    return scim.declared().schemas().keySet().stream()
        .flatMap(it -> scim.declared().attributes(it).stream())
        .flatMap(it -> Stream.concat(Stream.of(it), Declared.stream(it.path("subAttributes"))));
  }

  @Test
  @Section("7643 §7")
  void namesAndDescribesEachSchema() {
    for (JsonNode schema : scim.declared().schemas().values()) {
      assertThat(schema.path("id").asText()).startsWith("urn:");
      assertThat(schema.path("name").asText()).isNotBlank();
      assertThat(schema.path("description").asText()).isNotBlank();
      assertThat(schema.path("attributes")).isNotEmpty();
      assertThat(schema.path("schemas"))
          .extracting(JsonNode::asText)
          .containsExactly("urn:ietf:params:scim:schemas:core:2.0:Schema");
      assertThat(schema.at("/meta/resourceType").asText()).isEqualTo("Schema");
    }
  }

  @Test
  @Section({"7643 §7", "7643 §2.2"})
  void givesEachAttributeItsCharacteristics() {
    assertThat(attributes())
        .allSatisfy(
            it -> {
              var type = it.path("type").asText();
              assertThat(TYPES).contains(type);
              assertThat(it.path("description").asText()).isNotBlank();
              assertThat(it.path("multiValued").isBoolean()).isTrue();
              assertThat(it.path("required").isBoolean()).isTrue();
              assertThat(it.path("mutability").asText())
                  .isIn("readOnly", "readWrite", "immutable", "writeOnly");
              assertThat(it.path("returned").asText())
                  .isIn("always", "never", "default", "request");
              if (!type.equals("complex")) {
                assertThat(it.path("caseExact").isBoolean()).isTrue();
                assertThat(it.path("uniqueness").asText()).isIn("none", "server", "global");
              }
            });
  }

  @Test
  @Section({"7643 §2.1", "7643 §2.3"})
  void namesAttributesAsTheGrammarSays() {
    assertThat(attributes())
        .extracting(it -> it.path("name").asText())
        .allMatch(it -> it.equals("$ref") || it.matches("[A-Za-z][A-Za-z0-9$_-]*"));
  }

  @Test
  @Section("7643 §2.1")
  void namesNoAttributeTwiceInAnyCase() {
    for (String urn : scim.declared().schemas().keySet()) {
      var names = new HashSet<String>();
      assertThat(scim.declared().attributes(urn))
          .extracting(it -> it.path("name").asText().toLowerCase(Locale.ROOT))
          .allMatch(names::add);
    }
  }

  @Test
  @Section({"7643 §1.2", "7643 §2.3.8", "7643 §7"})
  void nestsComplexAttributesOnceAndTellsTheirParts() {
    assertThat(scim.declared().types().keySet())
        .flatExtracting(it -> scim.declared().attributes(it))
        .allSatisfy(
            it -> {
              var complex = it.path("type").asText().equals("complex");
              assertThat(it.path("subAttributes").isEmpty()).isEqualTo(!complex);
              assertThat(Declared.stream(it.path("subAttributes")))
                  .noneMatch(sub -> sub.path("type").asText().equals("complex"));
            });
  }

  @Test
  @Section("7643 §7")
  void saysWhatReferencesLeadTo() {
    assertThat(attributes().filter(it -> it.path("type").asText().equals("reference")))
        .allSatisfy(
            it -> {
              assertThat(it.path("referenceTypes")).isNotEmpty();
              assertThat(Declared.stream(it.path("referenceTypes")))
                  .allMatch(
                      to -> Set.of("external", "uri").contains(to.asText()) || isType(to.asText()));
            });
  }

  private boolean isType(String name) {
    return scim.declared().types().values().stream()
        .anyMatch(it -> it.path("name").asText().equals(name));
  }

  @Test
  @Section("7643 §7")
  void hasNoEmptyLists() {
    assertThat(attributes())
        .noneMatch(it -> it.has("canonicalValues") && it.path("canonicalValues").isEmpty())
        .noneMatch(it -> it.has("referenceTypes") && it.path("referenceTypes").isEmpty())
        .noneMatch(it -> it.has("subAttributes") && it.path("subAttributes").isEmpty());
  }

  @Test
  @Section("7643 §7")
  void writesWhatItNeverReturns() {
    assertThat(attributes().filter(it -> it.path("mutability").asText().equals("writeOnly")))
        .isNotEmpty()
        .allMatch(it -> it.path("returned").asText().equals("never"));
  }

  @ParameterizedTest
  @CsvSource({
    "userName, string, false, true, readWrite, default, server",
    "displayName, string, false, false, readWrite, default, none",
    "password, string, false, false, writeOnly, never, none",
    "active, boolean, false, false, readWrite, default, none",
    "profileUrl, reference, false, false, readWrite, default, none",
    "name, complex, false, false, readWrite, default, none",
    "emails, complex, true, false, readWrite, default, none",
    "groups, complex, true, false, readOnly, default, none",
    "x509Certificates, complex, true, false, readWrite, default, none"
  })
  @Section({"7643 §4.1", "7643 §8.7.1"})
  void declaresTheUserAsTheRfcDoes(
      String name,
      String type,
      boolean plural,
      boolean required,
      String mutability,
      String returned,
      String uniqueness) {
    var attribute = scim.declared().attribute(Scim.USER, name).orElseThrow();

    assertThat(attribute.path("type").asText()).isEqualTo(type);
    assertThat(attribute.path("multiValued").asBoolean()).isEqualTo(plural);
    assertThat(attribute.path("required").asBoolean()).isEqualTo(required);
    assertThat(attribute.path("mutability").asText()).isEqualTo(mutability);
    assertThat(attribute.path("returned").asText()).isEqualTo(returned);
    assertThat(attribute.path("uniqueness").asText("none")).isEqualTo(uniqueness);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userName name displayName nickName profileUrl title userType preferredLanguage locale"
            + " timezone active password emails phoneNumbers ims photos addresses groups"
            + " entitlements roles x509Certificates | "
            + Scim.USER,
        "displayName members | " + Scim.GROUP,
        "employeeNumber costCenter organization division department manager | " + Scim.ENTERPRISE
      })
  @Section({"7643 §4.1", "7643 §4.2", "7643 §4.3", "7643 §8.7.1"})
  void declaresAllAttributesOfTheRfc(String names, String urn) {
    assertThat(scim.declared().attributes(urn))
        .extracting(it -> it.path("name").asText())
        .contains(names.split(" "));
  }

  @Test
  @Section({"7643 §4.2", "7643 §8.7.1"})
  void declaresTheGroupAsTheRfcDoes() {
    var members = scim.declared().attribute(Scim.GROUP, "members").orElseThrow();

    assertThat(members.path("multiValued").asBoolean()).isTrue();
    assertThat(members.path("mutability").asText()).isEqualTo("readWrite");
    for (String sub : Set.of("value", "$ref", "type")) {
      assertThat(Declared.sub(members, sub).orElseThrow().path("mutability").asText())
          .isEqualTo("immutable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ServiceProviderConfig", "ResourceType", "Schema"})
  @Section({"7644 §4", "7643 §8.7.2"})
  void declaresWhatItSaysOfItself(String name) {
    var urn = "urn:ietf:params:scim:schemas:core:2.0:" + name;

    assertThat(scim.get("/Schemas/" + urn).is(200).at("/name")).isEqualTo(name);
  }
}
