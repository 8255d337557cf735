package dev.patchbay.schema;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private static final String ENTERPRISE = ResourceTypes.ENTERPRISE_USER;
  private static final String PBX = ResourceTypes.PBX_USER;
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final ResourceType GROUP = ResourceTypes.group();

  @Test
  void keepsWhatTheSchemaKnows() {
    var sent =
        """
        {"userName": "ada", "externalId": "x-1", "active": false, "nickName": "",
         "name": {"givenName": "Ada"}, "phoneNumbers": [{"value": "+49 (30) 1002-00", "type": "work"}],
         "x509Certificates": [{"value": "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UE"}]}
        """;

    assertThat(read(sent)).isEqualTo(JsonText.object(sent).set("schemas", schemas()));
  }

  @Test
  void spellsNamesAsTheSchemaDoes() {
    assertThat(read("{'USERNAME': 'ada', 'Name': {'GIVENname': 'Ada'}}"))
        .isEqualTo(with("{'userName': 'ada', 'name': {'givenName': 'Ada'}}"));
  }

  @Test
  void findsExtensionsInAnyCaseAndDeclaresThem() {
    var read =
        read(
            "{'userName': 'a', '%s': {'DEPARTMENT': 'Sales'}}"
                .formatted(ENTERPRISE.toUpperCase(Locale.ROOT)));

    assertThat(read.path(ENTERPRISE).path("department").asText()).isEqualTo("Sales");
    assertThat(read.path("schemas"))
        .extracting(it -> it.asText())
        .containsExactly(ResourceTypes.CORE_USER, ENTERPRISE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'userName': 'a', 'favouriteColour': 'red', 'x': {'y': [1, null]}}",
        "{'userName': 'a', 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': {'tag': 'x'}}",
        "{'userName': 'a', 'urn:scim:schemas:extension:enterprise:2.0': {'department': 'x'}}",
        "{'userName': 'a', 'schemas': ['urn:scim:schemas:core:2.0']}",
        "{'userName': 'a', 'schemas': 7}",
        "{'userName': 'a', 'id': 'mine', 'meta': {'version': 'x'}, 'groups': [{'value': 'g'}]}",
        "{'userName': 'a', 'title': null, 'emails': [], 'name': {}, 'phoneNumbers': null}",
        "{'userName': 'a', 'emails': [{}, null, {'value': null}], 'name': {'givenName': null}}",
        "{'userName': 'a', '" + ResourceTypes.ENTERPRISE_USER + "': {'department': null}}",
        "{'userName': 'a', '" + ResourceTypes.ENTERPRISE_USER + "': null}",
        "{'userName': 'a', '" + ResourceTypes.ENTERPRISE_USER + "': {'manager': ''}}",
        "{'userName': 'a', '"
            + ResourceTypes.PBX_USER
            + "': {'provisioning': {'state': 'synced'}}}",
        "{'userName': 'a', '" + ResourceTypes.PBX_USER + "': {'ms365': {'bound': true}}}",
        "{'userName': 'a', 'department': 'outside', 'manager': null}",
      })
  void ignoresWhatItDoesNotKnowMayNotTakeOrIsUnassigned(String sent) {
    assertThat(read(sent)).isEqualTo(with("{'userName': 'a'}"));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "'''True''', true", "'''FALSE''', false", "'''false''', false"})
  void takesBooleansAsWords(String sent, boolean meant) {
    var read = read("{'userName': 'a', 'active': %s}".formatted(sent));

    assertThat(read.get("active").isBoolean()).isTrue();
    assertThat(read.get("active").booleanValue()).isEqualTo(meant);
  }

  @Test
  void takesBooleansAsWordsWithinElements() {
    assertThat(read("{'userName': 'a', 'roles': [{'value': 'Admin', 'primary': 'True'}]}"))
        .isEqualTo(with("{'userName': 'a', 'roles': [{'value': 'Admin', 'primary': true}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'value': 'a@x', 'type': 'work'}",
        "[{'value': 'a@x', 'type': 'work'}]",
        "[{'VALUE': 'a@x', 'TYPE': 'work'}]",
        "[{'value': 'a@x', 'type': 'work'}, {'value': 'A@X', 'type': 'Work'}]",
        "[{'value': 'a@x', 'type': 'work'}, null, {}]",
      })
  void makesAListWithoutRepetitions(String sent) {
    var emails = read("{'userName': 'a', 'emails': %s}".formatted(sent)).path("emails");

    assertThat(emails).hasSize(1);
    assertThat(emails.get(0).path("value").asText()).isEqualToIgnoringCase("a@x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'boss'", "{'value': 'boss'}", "[{'value': 'boss'}]", "['boss']"})
  void takesAManagerInAnyForm(String sent) {
    var read = read("{'userName': 'a', '%s': {'manager': %s}}".formatted(ENTERPRISE, sent));

    assertThat(read.at("/" + ENTERPRISE + "/manager"))
        .isEqualTo(JsonText.node("{'value': 'boss'}"));
  }

  @Test
  void leavesTheManagersNameOut() {
    var read =
        read(
            "{'userName': 'a', '%s': {'manager': {'value': 'b', 'displayName': 'B'}}}"
                .formatted(ENTERPRISE));

    assertThat(read.at("/" + ENTERPRISE + "/manager")).isEqualTo(JsonText.node("{'value': 'b'}"));
  }

  @Test
  void takesRolesAsBareStringsAndKeepsJsonText() {
    var read =
        read("{\"userName\": \"a\", \"roles\": [\"User\", \"{\\\"value\\\":\\\"Admin\\\"}\"]}");

    assertThat(read.path("roles"))
        .extracting(it -> it.path("value").asText())
        .containsExactly("User", "{\"value\":\"Admin\"}");
  }

  @Test
  void leavesMembersToTheirRows() {
    var read =
        new ResourceReader(GROUP, IdentityProvider.AUTO)
            .read(JsonText.node("{'displayName': 'g', 'members': 7}"));

    assertThat(read.has("members")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'userName': 7}                                          | 'userName' must be a string",
        "{'userName': ['a']}                                      | 'userName' must be a string",
        "{'userName': 'a', 'active': 'yes'}                       | 'active' must be true or false",
        "{'userName': 'a', 'active': 1}                           | 'active' must be true or false",
        "{'userName': 'a', 'title': {'x': 1}}                     | 'title' must be a string",
        "{'userName': 'a', 'name': 'Ada'}                         | 'name' must be an object",
        "{'userName': 'a', 'name': [{'givenName':'A'},{'x':1}]}   | 'name' must be an object",
        "{'userName': 'a', 'name': {'givenName': []}}             | 'name.givenName' must be a"
            + " string",
        "{'userName': 'a', 'emails': 7}                           | 'emails' must be an object",
        "{'userName': 'a', 'emails': [[{'value': 'x'}]]}          | 'emails' must be an object",
        "{'userName': 'a', 'emails': [{'value': 7}]}              | 'emails.value' must be a"
            + " string",
        "{'userName': 'a', 'emails': [{'primary': 'no'}]}         | 'emails.primary' must be true"
            + " or false",
        "{'userName': 'a', 'profileUrl': 'not a url'}             | 'profileUrl' must be a URI",
        "{'userName': 'a', 'x509Certificates': [{'value': '!'}]}  | 'x509Certificates.value' must"
            + " be base64",
        "{'userName': 'a', 'title': 'x\\u0000y'}                  | 'title' is not text: text"
            + " contains U+0000",
        "{'userName': 'a', 'title': '\\ud83d'}                    | 'title' is not text: text"
            + " contains half of a surrogate pair",
        "{'userName': 'a', 'emails': [{'value':'b','primary':true},{'value':'c','primary':true}]} |"
            + " 'emails' has more than one primary element",
        "{}                                                       | 'userName' is required",
        "{'userName': null}                                       | 'userName' is required",
        "{'userName': ' '}                                        | 'userName' is required",
      })
  void refusesValuesOfAnotherTypeByName(String sent, String detail) {
    refused(Kind.INVALID_VALUE, () -> read(sent)).isEqualTo(detail);
  }

  @Test
  void namesAttributesOfExtensionsInFull() {
    refused(
            Kind.INVALID_VALUE,
            () -> read("{'userName': 'a', '%s': {'department': 7}}".formatted(ENTERPRISE)))
        .isEqualTo("'" + ENTERPRISE + ":department' must be a string");
    refused(Kind.INVALID_VALUE, () -> read("{'userName': 'a', '%s': 7}".formatted(ENTERPRISE)))
        .contains(ENTERPRISE);
  }

  @Test
  void aGroupNeedsAName() {
    var reader = new ResourceReader(GROUP, IdentityProvider.AUTO);

    refused(Kind.INVALID_VALUE, () -> reader.read(JsonText.node("{'displayName': ''}")))
        .isEqualTo("'displayName' is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "'text'", "true"})
  void refusesABodyThatIsNoObject(String sent) {
    refused(Kind.INVALID_SYNTAX, () -> read(sent)).contains("object");
  }

  @Test
  void boundsTextsAndLists() {
    refused(
            Kind.INVALID_VALUE,
            () ->
                read("{'userName': 'a', 'title': '" + "x".repeat(ValueReader.MAX_TEXT + 1) + "'}"))
        .contains("'title'")
        .hasSizeLessThan(100);
    var many = JsonText.object("{'userName': 'a'}");
    for (int i = 0; i <= ValueReader.MAX_ELEMENTS; i++) {
      many.withArrayProperty("emails").addObject().put("value", "a" + i);
    }
    refused(Kind.INVALID_VALUE, () -> new ResourceReader(USER, IdentityProvider.AUTO).read(many))
        .contains("'emails'");
  }

  @Test
  void takesBase64InLinesAndRefusesOtherTextAtOnce() {
    var wrapped = "{\"userName\": \"a\", \"x509Certificates\": \"TUlJ\\r\\nRFF6\\r\\n\"}";
    var blanks = " ".repeat(ValueReader.MAX_BINARY - 1);

    assertThat(read(wrapped).at("/x509Certificates/0/value").asText()).startsWith("TUlJ");
    assertTimeoutPreemptively(
        Duration.ofSeconds(3),
        () ->
            refused(
                Kind.INVALID_VALUE,
                () -> read("{'userName': 'a', 'x509Certificates': '" + blanks + "!'}")));
  }

  @Test
  void doesNotChangeTheBody() {
    var body = JsonText.object("{'USERNAME': 'a', 'active': 'True', 'emails': {'value': 'x'}}");
    var before = body.deepCopy();

    new ResourceReader(USER, IdentityProvider.AUTO).read(body);

    assertThat(body).isEqualTo(before);
  }

  @Test
  void aPutClearsWhatItDoesNotSay() {
    var base = stored("'title': 'Lead', 'emails': [{'value': 'a@x'}]");

    var next = replace(base, "{'userName': 'ada', 'nickName': 'A'}");

    assertThat(next.has("title")).isFalse();
    assertThat(next.has("emails")).isFalse();
    assertThat(next.path("nickName").asText()).isEqualTo("A");
  }

  @Test
  void aPutKeepsWhatTheServerWrites() {
    var base = stored("'groups': [{'value': 'g'}]");

    var next = replace(base, "{'userName': 'bob', 'id': 'other', 'meta': {}, 'groups': []}");

    assertThat(next.path("id").asText()).isEqualTo("u1");
    assertThat(next.at("/meta/version").asText()).isEqualTo("W/\"3\"");
    assertThat(next.at("/groups/0/value").asText()).isEqualTo("g");
    assertThat(next.path("userName").asText()).isEqualTo("bob");
  }

  @Test
  void aPutClearsTheEnterpriseExtensionItDoesNotMention() {
    var base = stored("'%s': {'department': 'Sales'}".formatted(ENTERPRISE));

    var next = replace(base, "{'userName': 'ada'}");

    assertThat(next.has(ENTERPRISE)).isFalse();
    assertThat(next.path("schemas")).hasSize(1);
  }

  @Test
  void aPutThatDoesNotKnowThePhoneExtensionLeavesItAlone() {
    var base = stored("'%s': {'extensionNumber': '1042', 'ms365': {'id': 'x@y'}}".formatted(PBX));

    var next = replace(base, "{'userName': 'ada', 'schemas': ['urn:x']}");

    assertThat(next.path(PBX)).isEqualTo(base.path(PBX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'userName': 'ada', '%s': {}}",
        "{'userName': 'ada', '%s': null}",
        "{'userName': 'ada', 'schemas': ['%s']}",
      })
  void aPutThatMentionsThePhoneExtensionClearsItsWritablePart(String sent) {
    var base =
        stored(
            "'%s': {'extensionNumber': '1042', 'ms365': {'id': 'x@y'}, 'pbxUserName': 'ada'}"
                .formatted(PBX));

    var next = replace(base, sent.formatted(PBX));

    assertThat(next.path(PBX))
        .isEqualTo(JsonText.node("{'extensionNumber': '1042', 'pbxUserName': 'ada'}"));
  }

  @Test
  void aPutOfTheServersOwnBodyChangesNothing() {
    var base =
        stored(
            "'%s': {'extensionNumber': '1042', 'ms365': {'id': 'x@y', 'bound': true}}"
                .formatted(PBX));
    USER.declareSchemas(base);

    assertThat(new ResourceReader(USER, IdentityProvider.AUTO).replace(base, base)).isEqualTo(base);
  }

  @Test
  void aPutCannotChangeAnExtensionNumberThatIsFixed() {
    var base = stored("'%s': {'extensionNumber': '1042'}".formatted(PBX));

    refused(
            Kind.MUTABILITY,
            () ->
                replace(base, "{'userName': 'ada', '%s': {'extensionNumber': '1'}}".formatted(PBX)))
        .contains("extensionNumber")
        .doesNotContain("1042");
  }

  @Test
  void aPutCanGiveTheFirstExtensionNumber() {
    var next =
        replace(
            stored("'title': 'x'"),
            "{'userName': 'ada', '%s': {'extensionNumber': '1042'}}".formatted(PBX));

    assertThat(next.at("/" + PBX + "/extensionNumber").asText()).isEqualTo("1042");
  }

  @Test
  void takesSecretsOutOfAResource() {
    var resource =
        read(
            "{'userName': 'a', 'password': 'pw', '%s': {'voicemailPin': '123456'}}".formatted(PBX));

    var secrets = WriteOnly.take(resource, USER);

    assertThat(secrets).containsOnlyKeys("password", "voicemailPin");
    assertThat(secrets.get("password").reveal()).isEqualTo("pw");
    assertThat(secrets).asString().doesNotContain("pw", "123456");
    assertThat(resource).isEqualTo(with("{'userName': 'a'}"));
  }

  private static ObjectNode read(String sent) {
    return new ResourceReader(USER, IdentityProvider.AUTO).read(JsonText.node(sent));
  }

  private static ObjectNode replace(ObjectNode base, String sent) {
    return new ResourceReader(USER, IdentityProvider.AUTO).replace(base, JsonText.node(sent));
  }

  private static ObjectNode stored(String more) {
    var base = JsonText.object("{'id': 'u1', 'userName': 'ada', %s}".formatted(more));
    base.putObject("meta").put("version", "W/\"3\"");
    return base;
  }

  private static ObjectNode with(String text) {
    return JsonText.object(text).set("schemas", schemas());
  }

  private static com.fasterxml.jackson.databind.JsonNode schemas() {
    return JsonText.node("['%s']".formatted(ResourceTypes.CORE_USER));
  }

  @Test
  void takesAPathAsAKeyAsPatchDoes() {
    var read =
        read(
            "{'userName': 'a', 'name.givenName': 'Ada', 'name.familyName': 'B', '%s:department': 'Sales'}"
                .formatted(ENTERPRISE));

    assertThat(read.path("name").path("givenName").asText()).isEqualTo("Ada");
    assertThat(read.path("name").path("familyName").asText()).isEqualTo("B");
    assertThat(read.path(ENTERPRISE).path("department").asText()).isEqualTo("Sales");
  }
}
