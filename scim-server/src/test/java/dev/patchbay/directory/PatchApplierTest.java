package dev.patchbay.directory;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2 for users; what identity providers make of it is {@link PatchDialectsTest}. */
class PatchApplierTest {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String ENTERPRISE = ResourceTypes.ENTERPRISE_USER;
  private static final String PBX = ResourceTypes.PBX_USER;

  private final ObjectNode ada =
      JsonText.object(
          """
          {'id': 'u1', 'userName': 'ada', 'title': 'Analyst', 'active': true,
           'name': {'givenName': 'Ada', 'familyName': 'Byron'},
           'emails': [{'value': 'ada@work', 'type': 'work', 'primary': true},
                      {'value': 'ada@home', 'type': 'home'}],
           '%s': {'department': 'Sales', 'manager': {'value': 'm1', '$ref': '../Users/m1'}},
           '%s': {'extensionNumber': '1042', 'provisioning': {'state': 'synced'}}}
          """
              .formatted(ENTERPRISE, PBX));

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace"})
  void addAndReplaceSetASingleValue(String op) {
    assertThat(patched(op, "title", "'Countess'").path("title").asText()).isEqualTo("Countess");
    assertThat(patched(op, "nickName", "'Lady'").path("nickName").asText()).isEqualTo("Lady");
    assertThat(patched(op, "name.givenName", "'A'").path("name"))
        .isEqualTo(JsonText.node("{'givenName': 'A', 'familyName': 'Byron'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace"})
  void addAndReplaceMergeAComplexValue(String op) {
    assertThat(patched(op, "name", "{'familyName': 'King', 'middleName': 'Augusta'}").path("name"))
        .isEqualTo(
            JsonText.node("{'givenName': 'Ada', 'familyName': 'King', 'middleName': 'Augusta'}"));
  }

  @Test
  void replaceClearsTheSubAttributesThatAreNull() {
    assertThat(patched("replace", "name", "{'familyName': null}").path("name"))
        .isEqualTo(JsonText.node("{'givenName': 'Ada'}"));
    assertThat(patched("add", "name", "{'familyName': null}").path("name"))
        .isEqualTo(ada.path("name"));
  }

  @Test
  void addExtendsAList() {
    var emails =
        patched("add", "emails", "[{'value': 'ada@club', 'type': 'other'}]").path("emails");

    assertThat(emails)
        .extracting(it -> it.path("value").asText())
        .containsExactly("ada@work", "ada@home", "ada@club");
  }

  @Test
  void addOfOneObjectExtendsTheListToo() {
    assertThat(patched("add", "emails", "{'value': 'ada@club', 'type': 'other'}").path("emails"))
        .hasSize(3);
  }

  @Test
  void addOfWhatIsThereChangesNothing() {
    var patched = patched("add", "emails", "[{'value': 'ADA@home', 'type': 'HOME'}]");

    assertThat(patched.path("emails")).hasSize(2);
    assertThat(patched.path("emails").get(0)).isEqualTo(ada.path("emails").get(0));
  }

  @Test
  void replaceExchangesAList() {
    assertThat(patched("replace", "emails", "[{'value': 'x@y'}]").path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'x@y'}]"));
  }

  @Test
  void aFilterChoosesTheElements() {
    var value = patched("replace", "emails[type eq \"HOME\"].value", "'new@home'").path("emails");
    var element =
        patched("replace", "emails[type eq \"home\"]", "{'value': 'x@y', 'type': 'other'}");
    var added = patched("add", "emails[type eq \"home\"]", "{'display': 'Home'}").path("emails");

    assertThat(value)
        .extracting(it -> it.path("value").asText())
        .containsExactly("ada@work", "new@home");
    assertThat(element.path("emails").get(1))
        .isEqualTo(JsonText.node("{'value': 'x@y', 'type': 'other'}"));
    assertThat(added.get(1))
        .isEqualTo(JsonText.node("{'value': 'ada@home', 'type': 'home', 'display': 'Home'}"));
  }

  @Test
  void aSubAttributeWithoutFilterMeansEveryElement() {
    assertThat(patched("replace", "emails.type", "'other'").path("emails"))
        .extracting(it -> it.path("type").asText())
        .containsExactly("other", "other");
    assertThat(patched("remove", "emails.type", null).path("emails"))
        .noneMatch(it -> it.has("type"));
    assertThat(patched("add", "phoneNumbers.value", "'1'").path("phoneNumbers"))
        .isEqualTo(JsonText.node("[{'value': '1'}]"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "emails[type eq \"home\"].primary, true",
        "emails[value eq \"ada@home\"].primary, 'True'",
      })
  void aNewPrimaryTakesThePlaceOfTheOld(String path, String value) {
    var emails = patched("replace", path, value).path("emails");

    assertThat(emails.get(0).path("primary").booleanValue()).isFalse();
    assertThat(emails.get(1).path("primary").booleanValue()).isTrue();
  }

  @Test
  void anAddedPrimaryTakesThePlaceOfTheOld() {
    var emails = patched("add", "emails", "{'value': 'new', 'primary': true}").path("emails");

    assertThat(emails)
        .filteredOn(it -> it.path("primary").asBoolean())
        .extracting(it -> it.path("value").asText())
        .containsExactly("new");
  }

  @Test
  void twoNewPrimariesAreRefused() {
    refused(Kind.INVALID_VALUE, () -> patched("replace", "emails.primary", "true"))
        .contains("primary");
  }

  @Test
  void removeUnassigns() {
    assertThat(patched("remove", "title", null).has("title")).isFalse();
    assertThat(patched("remove", "name", null).has("name")).isFalse();
    assertThat(patched("remove", "name.givenName", null).path("name"))
        .isEqualTo(JsonText.node("{'familyName': 'Byron'}"));
    assertThat(patched("remove", "emails", null).has("emails")).isFalse();
    assertThat(patched("remove", "emails[type eq \"work\"]", null).path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'ada@home', 'type': 'home'}]"));
  }

  @Test
  void anElementThatLosesItsValueGoes() {
    assertThat(patched("remove", "emails[type eq \"work\"].value", null).path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'ada@home', 'type': 'home'}]"));
    assertThat(patched("remove", "emails[type eq \"work\"].primary", null).path("emails"))
        .hasSize(2);
  }

  @Test
  void removingTheLastElementUnassignsTheAttribute() {
    assertThat(patched("remove", "emails[value pr]", null).has("emails")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nickName",
        "name.middleName",
        "phoneNumbers",
        "phoneNumbers[type eq \"work\"]",
        "phoneNumbers[type eq \"work\"].value",
        "emails[type eq \"other\"]",
        ResourceTypes.ENTERPRISE_USER + ":costCenter",
        "password",
      })
  void removingWhatIsNotThereChangesNothing(String path) {
    assertThat(patched("remove", path, null)).isEqualTo(declared(ada));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "[]"})
  void replacingByNothingClears(String nothing) {
    assertThat(patched("replace", "title", nothing).has("title")).isFalse();
    assertThat(patched("replace", "emails", nothing).has("emails")).isFalse();
    assertThat(patched("replace", "name", nothing).has("name")).isFalse();
    assertThat(patched("replace", "emails[type eq \"work\"].value", nothing).path("emails"))
        .hasSize(1);
    assertThat(patched("replace", "phoneNumbers[type eq \"work\"].value", nothing))
        .isEqualTo(declared(ada));
  }

  @Test
  void addingNothingChangesNothing() {
    assertThat(patched("add", "title", "null")).isEqualTo(declared(ada));
    assertThat(patched("add", "emails", "[]")).isEqualTo(declared(ada));
  }

  @Test
  void writesExtensionsByTheirUrn() {
    assertThat(patched("add", ENTERPRISE + ":costCenter", "'4711'").at("/" + ENTERPRISE))
        .isEqualTo(
            JsonText.node(
                "{'department': 'Sales', 'costCenter': '4711', 'manager': {'value': 'm1', '$ref':"
                    + " '../Users/m1'}}"));
    assertThat(patched("replace", ENTERPRISE + ":manager.value", "'m2'").at("/" + ENTERPRISE))
        .isEqualTo(JsonText.node("{'department': 'Sales', 'manager': {'value': 'm2'}}"));
    assertThat(
            patched("add", ENTERPRISE, "{'DIVISION': 'EMEA'}").at("/" + ENTERPRISE + "/division"))
        .isEqualTo(JsonText.node("'EMEA'"));
    assertThat(
            patched("replace", ENTERPRISE.toUpperCase(Locale.ROOT), "{'department': null}")
                .at("/" + ENTERPRISE))
        .isEqualTo(JsonText.node("{'manager': {'value': 'm1', '$ref': '../Users/m1'}}"));
  }

  @Test
  void removesAnExtensionAndItsDeclaration() {
    var patched = patched("remove", ENTERPRISE, null);

    assertThat(patched.has(ENTERPRISE)).isFalse();
    assertThat(patched.path("schemas"))
        .extracting(JsonNode::asText)
        .containsExactly(ResourceTypes.CORE_USER, PBX);
  }

  @Test
  void acceptsTheCoreUrnInFrontOfAName() {
    assertThat(patched("replace", ResourceTypes.CORE_USER + ":title", "'x'").path("title").asText())
        .isEqualTo("x");
  }

  @Test
  void aValueWithoutPathIsMergedAttributeByAttribute() {
    var patched =
        patched(
            "replace",
            null,
            "{'title': 'Countess', 'name': {'givenName': 'A'}, 'emails': [{'value': 'x@y'}],"
                + " '%s': {'department': 'Ops'}}".formatted(ENTERPRISE));

    assertThat(patched.path("title").asText()).isEqualTo("Countess");
    assertThat(patched.at("/name/familyName").asText()).isEqualTo("Byron");
    assertThat(patched.path("emails")).hasSize(1);
    assertThat(patched.at("/" + ENTERPRISE + "/department").asText()).isEqualTo("Ops");
    assertThat(patched.at("/" + ENTERPRISE + "/manager/value").asText()).isEqualTo("m1");
  }

  @Test
  void aValueWithoutPathIsAddedToLists() {
    assertThat(patched("add", null, "{'emails': [{'value': 'x@y'}]}").path("emails")).hasSize(3);
  }

  @Test
  void operationsApplyInOrder() {
    var patched =
        apply(
            """
            [{'op': 'replace', 'path': 'title', 'value': 'a'},
             {'op': 'remove', 'path': 'title'},
             {'op': 'add', 'path': 'title', 'value': 'b'}]
            """);

    assertThat(patched.path("title").asText()).isEqualTo("b");
  }

  @Test
  void aRefusalLeavesNothingHalfDone() {
    var before = ada.deepCopy();

    refused(
        Kind.MUTABILITY,
        () ->
            apply(
                """
                [{'op': 'replace', 'path': 'title', 'value': 'a'},
                 {'op': 'remove', 'path': 'emails'},
                 {'op': 'replace', 'path': 'id', 'value': 'mine'}]
                """));

    assertThat(ada).isEqualTo(before);
  }

  @Test
  void success_leavesTheBaseAsItWas() {
    var before = ada.deepCopy();

    patched("replace", "name.givenName", "'A'");

    assertThat(ada).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "add, id, 'x'",
        "replace, id, 'u1'",
        "remove, id,",
        "replace, meta.version, 'x'",
        "replace, groups, []",
        "add, groups, [{'value': 'g'}]",
        "replace, groups[value eq \"g\"].display, 'x'",
        "remove, schemas,",
        "remove, userName,",
        "replace, urn:ietf:params:scim:schemas:extension:pbx:2.0:User:pbxUserName, 'x'",
        "replace, urn:ietf:params:scim:schemas:extension:pbx:2.0:User:ms365.bound, true",
        "replace, urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber, '7'",
        "remove, urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber,",
        "remove, urn:ietf:params:scim:schemas:extension:pbx:2.0:User,",
      })
  void refusesToChangeWhatTheClientMayNot(String op, String path, String value) {
    refused(Kind.MUTABILITY, () -> patched(op, path, value)).contains("'");
  }

  @Test
  void anExtensionNumberIsFixedOnceGiven() {
    assertThat(patched("replace", PBX + ":extensionNumber", "'1042'")).isEqualTo(declared(ada));
    refused(
            Kind.MUTABILITY,
            () -> patched("replace", null, "{'%s': {'extensionNumber': '7'}}".formatted(PBX)))
        .contains("extensionNumber")
        .doesNotContain("1042");
    ada.remove(PBX);
    assertThat(patched("add", PBX + ":extensionNumber", "'7'").at("/" + PBX + "/extensionNumber"))
        .isEqualTo(JsonText.node("'7'"));
  }

  @Test
  void anExtensionNumberThatMayChangeDoes() {
    var body =
        body("[{'op': 'replace', 'path': '%s:extensionNumber', 'value': '7'}]".formatted(PBX));

    var patched =
        PatchApplier.apply(
            ada,
            body,
            ResourceTypes.user(PhoneAccount.WHOLE.withExtensionNumber(Mutability.READ_WRITE)),
            IdentityProvider.AUTO);

    assertThat(patched.resource().at("/" + PBX + "/extensionNumber").asText()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "add, nothing, 'x'",
        "replace, name.nothing, 'x'",
        "remove, nothing,",
        "remove, userName.value,",
        "replace, a b, 'x'",
        "replace, /title, 'x'",
        "replace, emails[type eq \"work\"].nothing, 'x'",
        "replace, name[givenName eq \"Ada\"].familyName, 'x'",
        "replace, title[value eq \"x\"], 'x'",
        "replace, urn:ietf:params:scim:schemas:core:2.0:User:nothing, 'x'",
        "replace, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:nothing, 'x'",
        "add, members, 'x'",
      })
  void refusesPathsThatLeadNowhere(String op, String path, String value) {
    refused(Kind.INVALID_PATH, () -> patched(op, path, value)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "emails[type eq ], 'x'",
        "emails[nothing eq \"x\"], 'x'",
        "emails[primary gt true].value, 'x'",
        "emails[primary eq \"perhaps\"].value, 'x'",
        "emails[(type pr].value, 'x'",
      })
  void refusesFiltersItCannotEvaluate(String path, String value) {
    refused(Kind.INVALID_FILTER, () -> patched("replace", path, value)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "replace, emails[type eq \"other\"], {'value': 'x'}",
        "replace, emails[type ne \"work\" and type ne \"home\"].value, 'x'",
        "replace, emails[type sw \"oth\"].value, 'x'",
        "replace, emails[type eq \"a\" or type eq \"b\"].value, 'x'",
        "add, emails[value eq \"gone@x\"].value, 'x'",
        "replace, emails[display eq null and type eq \"x\"].value, 'x'",
        "remove,,",
      })
  void refusesWhenNothingIsThereToChangeAndNothingCanBeMade(String op, String path, String value) {
    refused(Kind.NO_TARGET, () -> patched(op, path, value)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "replace, title, 7",
        "replace, title, {'a': 1}",
        "replace, active, 'perhaps'",
        "replace, active, 1",
        "replace, name, 'Ada'",
        "add, emails, [7]",
        "replace, emails[type eq \"work\"], 7",
        "replace, emails[type eq \"work\"].value, ['x']",
        "replace, userName, null",
        "replace, userName, ''",
        "add, userName, ' '",
        "replace, profileUrl, 'not a url'",
        "replace,, 'active'",
        "add,, [1]",
        "replace, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User, 'x'",
        "replace, title,",
        "add, emails,",
      })
  void refusesValuesThatDoNotFit(String op, String path, String value) {
    refused(Kind.INVALID_VALUE, () -> patched(op, path, value)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "null",
        "{}",
        "{'Operations': {}}",
        "{'Operations': []}",
        "{'Operations': [7]}",
        "{'Operations': [{}]}",
        "{'Operations': [{'op': 'move', 'path': 'title', 'value': 'x'}]}",
        "{'Operations': [{'op': 7, 'path': 'title', 'value': 'x'}]}",
        "{'Operations': [{'path': 'title', 'value': 'x'}]}",
      })
  void refusesBodiesThatAreNoPatch(String body) {
    refused(
            Kind.INVALID_SYNTAX,
            () -> PatchApplier.apply(ada, JsonText.node(body), USER, IdentityProvider.AUTO))
        .isNotBlank();
  }

  @Test
  void refusesAPathThatIsNoText() {
    refused(Kind.INVALID_PATH, () -> apply("[{'op': 'replace', 'path': 7, 'value': 'x'}]"));
  }

  @Test
  void boundsTheNumberOfOperations() {
    var one = "{'op': 'replace', 'path': 'title', 'value': 'x'}";
    var most = "[" + (one + ",").repeat(PatchOperation.MAX_OPERATIONS - 1) + one + "]";

    assertThat(apply(most).path("title").asText()).isEqualTo("x");
    refused(Kind.TOO_MANY, () -> apply(most.replaceFirst("\\[", "[" + one + ",")));
  }

  @Test
  void theKeysOfAValueWithoutPathAreOperations() {
    var value = JsonText.object("{}");
    for (int i = 0; i <= PatchOperation.MAX_OPERATIONS; i++) {
      value.put("unknown" + i, "x");
    }

    refused(Kind.TOO_MANY, () -> patched("add", null, value.toString()));
  }

  @Test
  void boundsWhatAllFiltersLookAt() {
    for (int i = 0; i < 200; i++) {
      ada.withArrayProperty("ims").addObject().put("value", "im" + i).put("type", "t" + i);
    }
    var filter = String.join(" or ", Collections.nCopies(200, "type pr"));
    var one = "{'op': 'remove', 'path': 'ims[not (%s)]'}".formatted(filter);

    assertThat(apply("[" + one + "]").path("ims")).hasSize(200);
    refused(
        Kind.TOO_MANY, () -> apply("[" + String.join(",", Collections.nCopies(100, one)) + "]"));
  }

  @Test
  void boundsTheResource() {
    var value = "x".repeat(4096);
    var elements = JsonText.object("{}").putArray("ims");
    for (int i = 0; i < 65; i++) {
      elements.addObject().put("value", i + value.substring(2));
    }

    refused(Kind.TOO_LARGE, () -> patched("add", "ims", elements.toString()));
    ada.set("ims", elements);
    assertThat(patched("remove", "title", null).has("title")).isFalse();
  }

  @Test
  void elementsThatBecomeTheSameAreOne() {
    var patched =
        apply(
            """
            [{'op': 'replace', 'path': 'emails.value', 'value': 'one@x'},
             {'op': 'replace', 'path': 'emails.type', 'value': 'any'}]
            """);

    assertThat(patched.path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'one@x', 'type': 'any', 'primary': true}]"));
  }

  @Test
  void addsManyElementsInOneGo() {
    var emails = JsonText.object("{}").putArray("emails");
    for (int i = 0; i < 200; i++) {
      emails.addObject().put("value", "a" + i);
    }

    assertThat(patched("add", "emails", emails.toString()).path("emails")).hasSize(202);
    assertThat(patched("replace", "emails", emails.toString()).path("emails")).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'value': 'ADA@home'}]",
        "{'value': 'ada@home', 'type': 'home', 'display': 'whatever'}",
        "[{'type': 'Home'}]",
        "['ada@home']",
        "[{'value': 'nobody@x'}, {'value': 'ada@home'}]",
      })
  void removeTakesOutTheElementsItLists(String value) {
    assertThat(patched("remove", "emails", value).path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'ada@work', 'type': 'work', 'primary': true}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{'value': 'nobody@x'}]",
        "[{'value': 'ada@home', 'type': 'work'}]",
        "[{}]"
      })
  void removeOfWhatIsNotThereRemovesNothing(String value) {
    assertThat(patched("remove", "emails", value).path("emails")).isEqualTo(ada.path("emails"));
  }

  @Test
  void removeWithNullRemovesAll() {
    assertThat(patched("remove", "emails", "null").has("emails")).isFalse();
  }

  @Test
  void aSecretStaysInTheResourceUntilItIsTakenOutAndOutOfTheDetail() {
    assertThat(patched("replace", "password", "'s3cret'").path("password").asText())
        .isEqualTo("s3cret");
    refused(Kind.INVALID_VALUE, () -> patched("replace", "password", "{'value': 's3cret'}"))
        .doesNotContain("s3cret");
  }

  private ObjectNode patched(String op, String path, String value) {
    var operation = JsonText.object("{}").put("op", op).put("path", path);
    if (value != null) {
      operation.set("value", JsonText.node(value));
    }
    var body = JsonText.object("{}");
    body.putArray("Operations").add(operation);
    return PatchApplier.apply(ada, body, USER, IdentityProvider.AUTO).resource();
  }

  private ObjectNode apply(String operations) {
    return PatchApplier.apply(ada, body(operations), USER, IdentityProvider.AUTO).resource();
  }

  private static ObjectNode body(String operations) {
    var body = JsonText.object("{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp']}");
    body.set("Operations", JsonText.node(operations));
    return body;
  }

  private static ObjectNode declared(ObjectNode resource) {
    var copy = resource.deepCopy();
    USER.declareSchemas(copy);
    return copy;
  }
}
