package dev.patchbay.directory;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What identity providers send beyond, beside and against RFC 7644 §3.5.2. */
class PatchDialectsTest {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String ENTERPRISE = ResourceTypes.ENTERPRISE_USER;

  private final ObjectNode ada = JsonText.object("{'userName': 'ada', 'active': true}");

  @Test
  void entraCapitalisesOperationsAndBooleans() {
    assertThat(patch("{'op': 'Replace', 'path': 'active', 'value': 'False'}").get("active"))
        .isEqualTo(JsonText.node("false"));
    assertThat(patch("{'op': 'Add', 'path': 'active', 'value': 'False'}").get("active"))
        .isEqualTo(JsonText.node("false"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Replace", "add", "REPLACE"})
  void entraMakesTypedElementsBySettingTheirValue(String op) {
    var patched =
        patch(
            "{'op': '%s', 'path': 'emails[type eq \\\"work\\\"].value', 'value': 'a@b'}",
            "{'op': '%s', 'path': 'phoneNumbers[type eq \\\"mobile\\\"].value', 'value':"
                + " '+4930100200'}",
            "{'op': '%s', 'path': 'phoneNumbers[type eq \\\"work\\\"].value', 'value': '5551'}",
            "{'op': '%s', 'path': 'addresses[type eq \\\"work\\\"].formatted', 'value': '18/2111'}",
            op);

    assertThat(patched.path("emails"))
        .isEqualTo(JsonText.node("[{'type': 'work', 'value': 'a@b'}]"));
    assertThat(patched.path("phoneNumbers"))
        .isEqualTo(
            JsonText.node(
                "[{'type': 'mobile', 'value': '+4930100200'}, {'type': 'work', 'value': '5551'}]"));
    assertThat(patched.path("addresses"))
        .isEqualTo(JsonText.node("[{'type': 'work', 'formatted': '18/2111'}]"));
  }

  @Test
  void entraBuildsAnAddressPartByPart() {
    var patched =
        patch(
            "{'op': '%s', 'path': 'addresses[type eq \\\"work\\\"].country', 'value': 'DE'}",
            "{'op': '%s', 'path': 'addresses[type eq \\\"work\\\"].locality', 'value': 'Berlin'}",
            "Add");

    assertThat(patched.path("addresses"))
        .isEqualTo(JsonText.node("[{'type': 'work', 'country': 'DE', 'locality': 'Berlin'}]"));
  }

  @Test
  void entraWritesFlattenedKeysWithoutPath() {
    ada.withObjectProperty("name").put("familyName", "Byron").put("middleName", "A");

    var patched =
        patch(
            "{'op': 'replace', 'value': {'displayName': 'x', 'name.givenName': 'y', '%1$s:employeeNumber': 'z', '%1$s:manager': 'm1'}}"
                .formatted(ENTERPRISE));

    assertThat(patched.path("displayName").asText()).isEqualTo("x");
    assertThat(patched.path("name"))
        .isEqualTo(JsonText.node("{'familyName': 'Byron', 'middleName': 'A', 'givenName': 'y'}"));
    assertThat(patched.path(ENTERPRISE))
        .isEqualTo(JsonText.node("{'employeeNumber': 'z', 'manager': {'value': 'm1'}}"));
    assertThat(patched.path("schemas")).extracting(JsonNode::asText).contains(ENTERPRISE);
    assertThat(patched.has("name.givenName")).isFalse();
  }

  @Test
  void filteredKeysWithoutPathArePathsToo() {
    var patched = patch("{'op': 'add', 'value': {'emails[type eq \\\"work\\\"].value': 'a@b'}}");

    assertThat(patched.path("emails"))
        .isEqualTo(JsonText.node("[{'type': 'work', 'value': 'a@b'}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'Add', 'path': '%s:manager', 'value': 'm2'}",
        "{'op': 'Replace', 'path': '%s:manager', 'value': 'm2'}",
        "{'op': 'Replace', 'path': '%s:manager', 'value': {'value': 'm2'}}",
        "{'op': 'Add', 'path': '%s:manager', 'value': [{'value': 'm2'}]}",
        "{'op': 'Add', 'path': 'manager', 'value': 'm2'}",
        "{'op': 'Add', 'path': 'manager', 'value': [{'value': 'm2'}]}",
        "{'op': 'Replace', 'path': '%s:manager.value', 'value': 'm2'}",
        "{'op': 'replace', 'value': {'%s': {'manager': 'm2'}}}",
        "{'op': 'replace', 'value': {'%s:manager': {'value': 'm2'}}}",
        "{'op': 'replace', 'value': {'%s': {'manager.value': 'm2'}}}",
      })
  void aManagerComesInManyFormsAndIsKeptInOne(String operation) {
    ada.withObjectProperty(ENTERPRISE)
        .putObject("manager")
        .put("value", "m1")
        .put("$ref", "../Users/m1");

    assertThat(patch(operation.formatted(ENTERPRISE)).at("/" + ENTERPRISE))
        .isEqualTo(JsonText.node("{'manager': {'value': 'm2'}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'Remove', 'path': '%s:manager'}",
        "{'op': 'Remove', 'path': '%s:manager', 'value': 'm1'}",
        "{'op': 'Remove', 'path': '%s:manager.value'}",
        "{'op': 'Replace', 'path': '%s:manager', 'value': ''}",
        "{'op': 'Replace', 'path': '%s:manager', 'value': null}",
        "{'op': 'Replace', 'path': '%s:manager', 'value': {'value': ''}}",
        "{'op': 'Add', 'path': '%s:manager', 'value': ''}",
        "{'op': 'Remove', 'path': '%s'}",
        "{'op': 'replace', 'value': {'%s': null}}",
      })
  void aManagerIsTakenAwayInManyForms(String operation) {
    ada.withObjectProperty(ENTERPRISE)
        .putObject("manager")
        .put("value", "m1")
        .put("$ref", "../Users/m1");

    assertThat(patch(operation.formatted(ENTERPRISE)).has(ENTERPRISE)).isFalse();
  }

  @Test
  void entraSetsTheOneAppRoleThroughAStringThatMeansTrue() {
    var fresh =
        patch(
            "{'op': '%s', 'path': 'roles[primary eq \\\"True\\\"].display', 'value': 'Queue'}",
            "{'op': '%s', 'path': 'roles[primary eq \\\"True\\\"].value', 'value': 'QueueManager'}",
            "Add");
    assertThat(fresh.path("roles"))
        .isEqualTo(
            JsonText.node("[{'primary': true, 'display': 'Queue', 'value': 'QueueManager'}]"));

    ada.set("roles", fresh.get("roles"));
    assertThat(
            patch(
                    "{'op': 'Replace', 'path': 'roles[primary eq \\\"True\\\"].value', 'value':"
                        + " 'User'}")
                .path("roles"))
        .isEqualTo(JsonText.node("[{'primary': true, 'display': 'Queue', 'value': 'User'}]"));
  }

  @Test
  void entraSendsAppRolesAsJsonText() {
    var text = "{\\\\\\\"id\\\\\\\":\\\\\\\"r\\\\\\\",\\\\\\\"value\\\\\\\":\\\\\\\"User\\\\\\\"}";
    var patched =
        patch(
            ("{'op': 'Add', 'path': 'roles', 'value': [{'value': '" + text + "'}]}")
                .replace("\\\\\\\"", "\\\""));

    assertThat(patched.at("/roles/0/value").asText())
        .isEqualTo("{\"id\":\"r\",\"value\":\"User\"}");
  }

  @Test
  void entraReplacesAllAppRoles() {
    ada.withArrayProperty("roles").addObject().put("value", "User").put("primary", true);

    assertThat(
            patch(
                    "{'op': 'replace', 'path': 'roles', 'value': [{'primary': 'False', 'value':"
                        + " 'QueueManager'}]}")
                .path("roles"))
        .isEqualTo(JsonText.node("[{'primary': false, 'value': 'QueueManager'}]"));
  }

  @Test
  void entraWritesExtensionsThatWeDoNotHave() {
    var urn = "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:tag";

    assertThat(
            patch(
                    "{'op': 'Add', 'path': '%s', 'value': 'x'}".formatted(urn),
                    "{'op': 'Replace', 'path': 'active', 'value': 'False'}",
                    "")
                .get("active")
                .booleanValue())
        .isFalse();
    assertThat(patch("{'op': 'Remove', 'path': '%s'}".formatted(urn)).has("active")).isTrue();
  }

  @Test
  void oktaSendsItsOwnViewOfTheResourceWithoutPath() {
    var patched =
        patch(
            "{'op': 'replace', 'value': {'id': 'other', 'schemas': ['x'], 'meta': {'version': 'x'},"
                + " 'groups': [], 'favourite': 1, 'a b': 2, 'active': false}}");

    assertThat(patched)
        .isEqualTo(
            JsonText.node(
                "{'userName': 'ada', 'active': false, 'schemas': ['%s']}"
                    .formatted(ResourceTypes.CORE_USER)));
  }

  @Test
  void fieldNamesOfTheMessageIgnoreCase() {
    var body = "{'operations': [{'OP': 'Replace', 'Path': 'TITLE', 'Value': 'x'}]}";

    assertThat(
            PatchApplier.apply(ada, JsonText.node(body), USER, IdentityProvider.AUTO)
                .resource()
                .path("title")
                .asText())
        .isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "null"})
  void anEmptyPathIsNoPath(String path) {
    assertThat(
            patch("{'op': 'add', 'path': %s, 'value': {'title': 'x'}}".formatted(path))
                .path("title")
                .asText())
        .isEqualTo("x");
    refused(Kind.NO_TARGET, () -> patch("{'op': 'remove', 'path': %s}".formatted(path)));
  }

  @Test
  void schemasFollowFromTheContentWhateverIsAskedFor() {
    var patched = patch("{'op': 'add', 'path': 'schemas', 'value': ['urn:x']}");

    assertThat(patched.path("schemas"))
        .extracting(JsonNode::asText)
        .containsExactly(ResourceTypes.CORE_USER);
  }

  @Test
  void aBindingIsSetAndTakenAwayByItsPath() {
    var pbx = ResourceTypes.PBX_USER;
    var bound = patch("{'op': 'replace', 'path': '%s:ms365.id', 'value': 'a@b'}".formatted(pbx));

    assertThat(bound.at("/" + pbx)).isEqualTo(JsonText.node("{'ms365': {'id': 'a@b'}}"));

    ada.set(pbx, JsonText.node("{'ms365': {'id': 'a@b', 'bound': true}}"));
    assertThat(patch("{'op': 'remove', 'path': '%s:ms365'}".formatted(pbx)).has(pbx)).isFalse();
    assertThat(
            patch("{'op': 'replace', 'path': '%s:ms365', 'value': {'id': 'c@d'}}".formatted(pbx))
                .at("/" + pbx))
        .isEqualTo(JsonText.node("{'ms365': {'id': 'c@d'}}"));
  }

  /** Operations, the last argument standing for {@code %s} in each when there are several. */
  private ObjectNode patch(String... operations) {
    int count = Math.max(1, operations.length - 1);
    var joined = String.join(",", java.util.Arrays.copyOf(operations, count));
    var written = operations.length == 1 ? joined : joined.replace("%s", operations[count]);
    var body = JsonText.node("{'Operations': [" + written + "]}");
    return PatchApplier.apply(ada, body, USER, IdentityProvider.AUTO).resource();
  }
}
