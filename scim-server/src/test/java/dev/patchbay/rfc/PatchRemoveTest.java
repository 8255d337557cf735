package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2.2: the operation {@code remove}. */
@RfcTest
class PatchRemoveTest {
  private final Scim scim;
  private final Answer user;

  PatchRemoveTest(Scim scim) {
    this.scim = scim;
    this.user =
        scim.user(
            "'title':'a'",
            "'name':{'givenName':'A','familyName':'B'}",
            "'emails':[{'value':'w@b.c','type':'work','display':'W'},"
                + "{'value':'h@b.c','type':'home','display':'H'}]",
            "'" + Scim.ENTERPRISE + "':{'department':'d','division':'e'}");
  }

  private Answer remove(String path) {
    return scim.patch("/Users/" + user.id(), "{'op':'remove','path':'%s'}".formatted(path));
  }

  private JsonNode now() {
    return scim.get("/Users/" + user.id()).is(200).json();
  }

  @Test
  @Section("7644 §3.5.2.2")
  void needsAPath() {
    scim.patch("/Users/" + user.id(), "{'op':'remove'}").isError(400, "noTarget");

    assertThat(now()).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.2")
  void unassignsASingleValue() {
    remove("title").isDone();
    remove("name.givenName").isDone();
    remove(Scim.ENTERPRISE + ":department").isDone();

    assertThat(now().has("title")).isFalse();
    assertThat(now().path("name").has("givenName")).isFalse();
    assertThat(now().at("/name/familyName").asText()).isEqualTo("B");
    assertThat(now().path(Scim.ENTERPRISE).has("department")).isFalse();
    assertThat(now().path(Scim.ENTERPRISE).path("division").asText()).isEqualTo("e");
  }

  @Test
  @Section("7644 §3.5.2.2")
  void unassignsAComplexAttribute() {
    remove("name").isDone();

    assertThat(now().has("name")).isFalse();
  }

  @Test
  @Section("7644 §3.5.2.2")
  void unassignsAllElements() {
    remove("emails").isDone();

    assertThat(now().has("emails")).isFalse();
  }

  @Test
  @Section("7644 §3.5.2.2")
  void removesTheElementsThatAFilterFinds() {
    remove("emails[type eq \\\"work\\\"]").isDone();

    assertThat(now().path("emails"))
        .extracting(it -> it.path("value").asText())
        .containsExactly("h@b.c");
  }

  @Test
  @Section("7644 §3.5.2.2")
  void unassignsAnAttributeWhoseLastElementGoes() {
    remove("emails[type pr]").isDone();

    assertThat(now().has("emails")).isFalse();
  }

  @Test
  @Section("7644 §3.5.2.2")
  void removesAPartOfTheElementsThatAFilterFinds() {
    remove("emails[type eq \\\"work\\\"].display").isDone();

    assertThat(now().path("emails").get(0).has("display")).isFalse();
    assertThat(now().path("emails").get(1).path("display").asText()).isEqualTo("H");
  }

  @Test
  @Section("7644 §3.5.2.2")
  void removesMembers() {
    var other = scim.user();
    var path = "/Groups/" + scim.group(user.id(), other.id()).id();
    var member = "{'op':'remove','path':'members[value eq \\\"%s\\\"]'}".formatted(user.id());

    scim.patch(path, member).isDone();
    assertThat(scim.get(path).json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(other.id());

    scim.patch(path, "{'op':'remove','path':'members'}").isDone();
    assertThat(scim.get(path).json().path("members")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"userName", "id", "meta", "meta.created", "groups", "schemas"})
  @Section("7644 §3.5.2.2")
  void removesNothingThatIsRequiredOrReadOnly(String path) {
    remove(path).isError(400, "mutability");

    assertThat(now()).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.2")
  void removesNoNameOfAGroup() {
    scim.patch("/Groups/" + scim.group().id(), "{'op':'remove','path':'displayName'}")
        .isError(400, "mutability");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nickName", "name.middleName", "phoneNumbers"})
  @Section({"7644 §3.5.2.2", "7643 §2.5"})
  void removesWhatIsNotThereWithoutAnyChange(String path) {
    remove(path).isDone();

    assertThat(now()).isEqualTo(user.json());
  }
}
