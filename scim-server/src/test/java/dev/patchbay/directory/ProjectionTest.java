package dev.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String ENT = ResourceTypes.ENTERPRISE_USER;
  private static final String PBX = ResourceTypes.PBX_USER;

  private static final ObjectNode ADA =
      JsonText.object(
          """
          {'schemas': ['s'], 'id': 'u1', 'userName': 'ada', 'password': 'pw',
           'name': {'givenName': 'Ada', 'familyName': 'Byron'},
           'emails': [{'value': 'a@x', 'type': 'work'}, {'value': 'b@x', 'type': 'home'}],
           'meta': {'resourceType': 'User', 'version': 'v'},
           '%s': {'department': 'Sales', 'manager': {'value': 'm1'}},
           '%s': {'extensionNumber': '1042', 'extensionPool': 'default', 'voicemailPin': '123456'}}
          """
              .formatted(ENT, PBX));

  @Test
  void byDefaultLeavesOutSecretsAndWhatMustBeAskedFor() {
    var expected = ADA.deepCopy();
    expected.remove("password");
    expected.withObjectProperty(PBX).remove(List.of("extensionPool", "voicemailPin"));

    assertThat(projected("", "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userName | {'userName': 'ada'}",
        "USERNAME | {'userName': 'ada'}",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName | {'userName': 'ada'}",
        "id | {}",
        "nothing | {}",
        "a b | {}",
        "password | {}",
        "name.givenName | {'name': {'givenName': 'Ada'}}",
        "name,name.givenName | {'name': {'givenName': 'Ada', 'familyName': 'Byron'}}",
        "emails.value | {'emails': [{'value': 'a@x'}, {'value': 'b@x'}]}",
        "meta.version | {'meta': {'version': 'v'}}",
        "meta | {'meta': {'resourceType': 'User', 'version': 'v'}}",
      })
  void answersWithWhatIsAskedForAndTheIdentity(String asked, String expected) {
    var always = JsonText.object("{'schemas': ['s'], 'id': 'u1'}");

    assertThat(projected(asked, "")).isEqualTo(always.setAll(JsonText.object(expected)));
  }

  @Test
  void findsAttributesOfExtensions() {
    assertThat(projected(ENT + ":department", "").path(ENT))
        .isEqualTo(JsonText.node("{'department': 'Sales'}"));
    assertThat(projected(ENT + ":manager.value", "").path(ENT))
        .isEqualTo(JsonText.node("{'manager': {'value': 'm1'}}"));
    assertThat(projected(ENT, "").path(ENT)).isEqualTo(ADA.path(ENT));
    assertThat(projected("department", "").path(ENT))
        .isEqualTo(JsonText.node("{'department': 'Sales'}"));
    assertThat(projected("userName", "").has(ENT)).isFalse();
  }

  @Test
  void givesWhatMustBeAskedForWhenItIs() {
    assertThat(projected(PBX + ":extensionPool", "").path(PBX))
        .isEqualTo(JsonText.node("{'extensionPool': 'default'}"));
    assertThat(projected(PBX, "").path(PBX))
        .isEqualTo(JsonText.node("{'extensionNumber': '1042'}"));
  }

  @Test
  void neverGivesASecret() {
    assertThat(projected("password," + PBX + ":voicemailPin", "").toString())
        .doesNotContain("pw", "123456");
  }

  @Test
  void leavesOutWhatIsExcluded() {
    assertThat(projected("", "NAME.familyName").path("name"))
        .isEqualTo(JsonText.node("{'givenName': 'Ada'}"));
    assertThat(projected("", "emails.type").path("emails"))
        .isEqualTo(JsonText.node("[{'value': 'a@x'}, {'value': 'b@x'}]"));
    assertThat(projected("", ENT).has(ENT)).isFalse();
    assertThat(projected("", ENT + ":department").path(ENT))
        .isEqualTo(JsonText.node("{'manager': {'value': 'm1'}}"));
    assertThat(projected("userName,name", "name").has("name")).isFalse();
  }

  @Test
  void cannotExcludeTheIdentity() {
    assertThat(projected("", "id,schemas,userName").properties())
        .extracting(it -> it.getKey())
        .contains("id", "schemas")
        .doesNotContain("userName");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"members", "MEMBERS", "urn:ietf:params:scim:schemas:core:2.0:Group:members"})
  void saysThatMembersNeedNotBeRead(String name) {
    assertThat(group("", name).wants("members")).isFalse();
    assertThat(group(name, "").wants("members")).isTrue();
    assertThat(group("displayName", "").wants("members")).isFalse();
    assertThat(group("members.value", "").wants("members")).isTrue();
    assertThat(group("", "members.display").wants("members")).isTrue();
    assertThat(group("", "").wants("members")).isTrue();
  }

  @Test
  void knowsWhenTheDefaultWillDo() {
    assertThat(group("", "").isDefault()).isTrue();
    assertThat(group(" ", "nothing").isDefault()).isTrue();
    assertThat(group("nothing", "").isDefault()).isFalse();
    assertThat(group("", "members").isDefault()).isFalse();
  }

  @Test
  void doesNotChangeTheResource() {
    var before = ADA.deepCopy();

    projected("name.givenName,emails.value", "");

    assertThat(ADA).isEqualTo(before);
  }

  private static ObjectNode projected(String attributes, String excluded) {
    return Projection.of(USER, split(attributes), split(excluded)).apply(ADA);
  }

  private static Projection group(String attributes, String excluded) {
    return Projection.of(ResourceTypes.group(), split(attributes), split(excluded));
  }

  private static List<String> split(String names) {
    return List.of(names.split(",", -1));
  }
}
