package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2.1: the operation {@code add}. */
@RfcTest
class PatchAddTest {
  private final Scim scim;

  PatchAddTest(Scim scim) {
    this.scim = scim;
  }

  private Answer patch(Answer user, String... operations) {
    return scim.patch("/Users/" + user.id(), operations);
  }

  private JsonNode read(Answer user) {
    return scim.get("/Users/" + user.id()).is(200).json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'op':'add','path':'title'}", "{'op':'add'}"})
  @Section("7644 §3.5.2.1")
  void needsAValue(String operation) {
    var user = scim.user("'title':'a'");

    assertThat(patch(user, operation).is(400).at("/scimType"))
        .isIn("invalidValue", "invalidSyntax");

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.1")
  void addsWhatAValueWithoutPathHas() {
    var user = scim.user("'emails':[{'value':'a@b.c'}]", "'title':'a'");

    patch(
            user,
            "{'op':'add','value':{'title':'b','nickName':'n','emails':[{'value':'d@e.f'}],"
                + "'name':{'givenName':'A'},'"
                + Scim.ENTERPRISE
                + "':{'department':'d'}}}")
        .isDone();

    var now = read(user);
    assertThat(now.path("title").asText()).isEqualTo("b");
    assertThat(now.path("nickName").asText()).isEqualTo("n");
    assertThat(now.path("emails")).hasSize(2);
    assertThat(now.at("/name/givenName").asText()).isEqualTo("A");
    assertThat(now.path(Scim.ENTERPRISE).path("department").asText()).isEqualTo("d");
  }

  @Test
  @Section("7644 §3.5.2.1")
  void addsAnAttributeThatIsNotThere() {
    var user = scim.user();

    patch(
            user,
            "{'op':'add','path':'title','value':'x'}",
            "{'op':'add','path':'name.givenName','value':'A'}",
            "{'op':'add','path':'emails','value':[{'value':'a@b.c','type':'work'}]}")
        .isDone();

    assertThat(read(user).path("title").asText()).isEqualTo("x");
    assertThat(read(user).at("/name/givenName").asText()).isEqualTo("A");
    assertThat(read(user).at("/emails/0/type").asText()).isEqualTo("work");
  }

  @Test
  @Section("7644 §3.5.2.1")
  void addsPartsOfAComplexAttribute() {
    var user = scim.user("'name':{'givenName':'A','familyName':'B'}");

    patch(user, "{'op':'add','path':'name','value':{'familyName':'C','middleName':'M'}}").isDone();

    assertThat(read(user).path("name").toString())
        .contains("\"givenName\":\"A\"", "\"familyName\":\"C\"", "\"middleName\":\"M\"");
  }

  @Test
  @Section("7644 §3.5.2.1")
  void addsElementsToThoseThatAreThere() {
    var user = scim.user("'emails':[{'value':'a@b.c'}]");

    patch(user, "{'op':'add','path':'emails','value':[{'value':'d@e.f'},{'value':'g@h.i'}]}")
        .isDone();
    patch(user, "{'op':'add','path':'emails','value':{'value':'j@k.l'}}").isDone();

    assertThat(read(user).path("emails"))
        .extracting(it -> it.path("value").asText())
        .containsExactly("a@b.c", "d@e.f", "g@h.i", "j@k.l");
  }

  @Test
  @Section("7644 §3.5.2.1")
  void replacesASingleValue() {
    var user = scim.user("'title':'a'");

    patch(user, "{'op':'add','path':'title','value':'b'}").isDone();

    assertThat(read(user).path("title").asText()).isEqualTo("b");
  }

  @Test
  @Section("7644 §3.5.2.1")
  void addsToTheElementsThatAFilterFinds() {
    var user = scim.user("'emails':[{'value':'a@b.c','type':'work'},{'value':'d@e.f'}]");

    patch(user, "{'op':'add','path':'emails[type eq \\\"work\\\"].display','value':'W'}").isDone();

    assertThat(read(user).at("/emails/0/display").asText()).isEqualTo("W");
    assertThat(read(user).path("emails").get(1).has("display")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'add','path':'title','value':'a'}",
        "{'op':'add','path':'active','value':true}",
        "{'op':'add','path':'name','value':{'givenName':'A'}}",
        "{'op':'add','path':'name.givenName','value':'A'}",
        "{'op':'add','path':'emails','value':[{'value':'a@b.c','type':'work'}]}",
        "{'op':'add','value':{'title':'a','emails':[{'value':'a@b.c','type':'work'}]}}"
      })
  @Section("7644 §3.5.2.1")
  void changesNothingByWhatIsThere(String operation) {
    var user =
        scim.user(
            "'title':'a'",
            "'active':true",
            "'name':{'givenName':'A','familyName':'B'}",
            "'emails':[{'value':'a@b.c','type':'work'}]");

    patch(user, operation).isDone();

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.1")
  void changesNoGroupByAMemberThatIsThere() {
    var user = scim.user();
    var path = "/Groups/" + scim.group(user.id()).id();
    var before = scim.get(path).json();

    scim.patch(path, "{'op':'add','path':'members','value':[{'value':'%s'}]}".formatted(user.id()))
        .isDone();

    assertThat(scim.get(path).json()).isEqualTo(before);
  }
}
