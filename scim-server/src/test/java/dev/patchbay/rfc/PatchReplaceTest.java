package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2.3: the operation {@code replace}. */
@RfcTest
class PatchReplaceTest {
  private final Scim scim;
  private final Answer user;

  PatchReplaceTest(Scim scim) {
    this.scim = scim;
    this.user =
        scim.user(
            "'title':'a'",
            "'name':{'givenName':'A','familyName':'B'}",
            "'emails':[{'value':'w@b.c','type':'work','display':'W'},"
                + "{'value':'h@b.c','type':'home','display':'H'}]");
  }

  private Answer replace(String path, String value) {
    var operation = "{'op':'replace','path':'%s','value':%s}".formatted(path, value);
    return scim.patch("/Users/" + user.id(), operation);
  }

  private JsonNode now() {
    return scim.get("/Users/" + user.id()).is(200).json();
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesWhatAValueWithoutPathHas() {
    var value =
        "{'title':'b','nickName':'n','emails':[{'value':'x@y.z'}],'name':{'givenName':'C'}}";

    scim.patch("/Users/" + user.id(), "{'op':'replace','value':" + value + "}").isDone();

    assertThat(now().path("title").asText()).isEqualTo("b");
    assertThat(now().path("nickName").asText()).isEqualTo("n");
    assertThat(now().path("emails")).hasSize(1);
    assertThat(now().at("/name/givenName").asText()).isEqualTo("C");
    assertThat(now().path("userName").asText()).isEqualTo(user.at("/userName"));
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesASingleValue() {
    replace("title", "'b'").isDone();
    replace("name.familyName", "'C'").isDone();

    assertThat(now().path("title").asText()).isEqualTo("b");
    assertThat(now().at("/name/familyName").asText()).isEqualTo("C");
    assertThat(now().at("/name/givenName").asText()).isEqualTo("A");
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesAllElements() {
    replace("emails", "[{'value':'x@y.z','type':'other'}]").isDone();

    assertThat(now().path("emails"))
        .extracting(it -> it.path("value").asText())
        .containsExactly("x@y.z");
  }

  @Test
  @Section("7644 §3.5.2.3")
  void addsWhatIsNotThere() {
    replace("nickName", "'n'").isDone();
    replace("phoneNumbers", "[{'value':'1'}]").isDone();
    replace("name.middleName", "'M'").isDone();

    assertThat(now().path("nickName").asText()).isEqualTo("n");
    assertThat(now().path("phoneNumbers")).hasSize(1);
    assertThat(now().at("/name/middleName").asText()).isEqualTo("M");
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesPartsOfAComplexAttribute() {
    replace("name", "{'familyName':'C','middleName':'M'}").isDone();

    assertThat(now().at("/name/familyName").asText()).isEqualTo("C");
    assertThat(now().at("/name/middleName").asText()).isEqualTo("M");
    assertThat(now().at("/name/givenName").asText()).isEqualTo("A");
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesTheElementsThatAFilterFinds() {
    replace("emails[type eq \\\"work\\\"]", "{'value':'n@b.c','type':'work'}").isDone();

    assertThat(now().path("emails"))
        .extracting(it -> it.path("value").asText())
        .containsExactlyInAnyOrder("n@b.c", "h@b.c");
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesAPartOfAllElementsThatAFilterFinds() {
    replace("emails[value pr].display", "'X'").isDone();

    assertThat(now().path("emails"))
        .extracting(it -> it.path("display").asText())
        .containsExactly("X", "X");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emails[type eq \\\"none\\\"].value",
        "emails[value eq \\\"none\\\"].display",
        "phoneNumbers[type eq \\\"work\\\"].value"
      })
  @Section("7644 §3.5.2.3")
  void saysThatAFilterFindsNothing(String path) {
    replace(path, "'x'").isError(400, "noTarget");

    assertThat(now()).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.3")
  void saysThatAFilterFindsNoElement() {
    replace("emails[type eq \\\"none\\\"]", "{'value':'x@y.z'}").isError(400, "noTarget");

    assertThat(now()).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2.3")
  void replacesTheMembersOfAGroup() {
    var other = scim.user();
    var path = "/Groups/" + scim.group(user.id()).id();
    var operation = "{'op':'replace','path':'members','value':[{'value':'%s'}]}";

    scim.patch(path, operation.formatted(other.id())).isDone();

    assertThat(scim.get(path).json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(other.id());
  }
}
