package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2: what holds for every PATCH. */
@RfcTest
class PatchTest {
  private final Scim scim;

  PatchTest(Scim scim) {
    this.scim = scim;
  }

  private Answer patch(Answer user, String... operations) {
    return scim.patch("/Users/" + user.id(), operations);
  }

  private JsonNode read(Answer user) {
    return scim.get("/Users/" + user.id()).is(200).json();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Operations':[{'op':'add','path':'title','value':'x'}]}",
        "{'schemas':[],'Operations':[{'op':'add','path':'title','value':'x'}]}",
        "{'schemas':['" + Scim.USER + "'],'Operations':[{'op':'add','path':'title','value':'x'}]}",
        "{'schemas':['" + Scim.PATCH_OP + "']}",
        "{'schemas':['" + Scim.PATCH_OP + "'],'Operations':[]}",
        "{'schemas':['" + Scim.PATCH_OP + "'],'Operations':'add'}",
        "{'schemas':['" + Scim.PATCH_OP + "'],'Operations':[{'path':'title','value':'x'}]}",
        "{'schemas':['" + Scim.PATCH_OP + "'],'Operations':[{'op':'move','path':'title'}]}",
        "{'schemas':['"
            + Scim.PATCH_OP
            + "'],'Operations':[{'op':'add','op':'remove','path':'title','value':'x'}]}"
      })
  @Section("7644 §3.5.2")
  void takesOnlyWhatIsAPatch(String body) {
    var user = scim.user();

    scim.send("PATCH", "/Users/" + user.id(), body).isError(400, "invalidSyntax");

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2")
  void answersWithTheWholeResourceOrNothing() {
    var user = scim.user();
    var group = scim.group();

    var answer = patch(user, "{'op':'add','path':'title','value':'x'}");
    var brief =
        scim.patch(
            "/Groups/" + group.id(),
            "{'op':'add','path':'members','value':[{'value':'%s'}]}".formatted(user.id()));

    for (Answer each : new Answer[] {answer, brief}) {
      assertThat(each.status()).isIn(200, 204);
      assertThat(each.status() == 204).isEqualTo(each.text().isEmpty());
      assertThat(each.header("ETag")).isNotEmpty();
    }
  }

  @Test
  @Section({"7644 §3.5.2", "7644 §3.9"})
  void answersWithWhatTheSenderAsksFor() {
    var user = scim.user();
    var group = scim.group();
    var add = "{'op':'add','path':'members','value':[{'value':'%s'}]}".formatted(user.id());

    var title = "{'op':'add','path':'title','value':'x'}";
    var answer = scim.patch("/Users/" + user.id() + "?attributes=title", title).is(200);
    var groups = scim.patch("/Groups/" + group.id() + "?attributes=displayName", add).is(200);

    assertThat(answer.at("/title")).isEqualTo("x");
    assertThat(answer.json().has("userName")).isFalse();
    assertThat(groups.at("/displayName")).isEqualTo(group.at("/displayName"));
    assertThat(groups.json().has("members")).isFalse();
  }

  @Test
  @Section("7644 §3.5.2")
  void doesAllOperationsOrNone() {
    var user = scim.user("'title':'a'");

    patch(
            user,
            "{'op':'replace','path':'title','value':'b'}",
            "{'op':'add','path':'nickName','value':'n'}",
            "{'op':'replace','path':'id','value':'x'}")
        .isError(400, "mutability");

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.2")
  void changesNoMembersIfItIsRefused() {
    var user = scim.user();
    var group = scim.group(user.id());
    var path = "/Groups/" + group.id();

    scim.patch(path, "{'op':'remove','path':'members'}", "{'op':'remove','path':'displayName'}")
        .isError(400, "mutability");

    assertThat(scim.get(path).json()).isEqualTo(scim.get(path).json());
    assertThat(scim.get(path).json().path("members")).hasSize(1);
  }

  @Test
  @Section("7644 §3.5.2")
  void doesOperationsInTheirOrder() {
    var user = scim.user();

    patch(
            user,
            "{'op':'add','path':'title','value':'a'}",
            "{'op':'replace','path':'title','value':'b'}",
            "{'op':'add','path':'nickName','value':'n'}",
            "{'op':'remove','path':'nickName'}")
        .isDone();

    assertThat(read(user).path("title").asText()).isEqualTo("b");
    assertThat(read(user).has("nickName")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id                   | 'x'",
        "meta                 | {'created':'2001-01-01T00:00:00Z'}",
        "meta.location        | 'http://example.org/'",
        "groups               | [{'value':'x'}]",
        "groups.display       | 'x'"
      })
  @Section({"7644 §3.5.2", "7643 §7"})
  void changesNothingThatIsReadOnly(String path, String value) {
    var user = scim.user();

    for (String op : new String[] {"add", "replace"}) {
      patch(user, "{'op':'%s','path':'%s','value':%s}".formatted(op, path, value))
          .isError(400, "mutability");
    }

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section({"7644 §3.5.2", "7643 §7"})
  void changesNothingThatIsImmutable() {
    var user = scim.user();
    scim.declared()
        .immutableOf(Scim.USER, read(user))
        .forEach(
            (urn, name) -> {
              var path = urn + ":" + name;
              for (String op : new String[] {"add", "replace"}) {
                patch(user, "{'op':'%s','path':'%s','value':'4711'}".formatted(op, path))
                    .isError(400, "mutability");
              }
              patch(user, "{'op':'remove','path':'%s'}".formatted(path)).isError(400, "mutability");
            });

    assertThat(read(user)).isEqualTo(user.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "active        | 'perhaps'         | invalidValue",
        "title         | {'a':'b'}         | invalidValue",
        "name          | 'Ada'             | invalidValue",
        "emails        | [{'value':17}]    | invalidValue",
        "nosuchthing   | 'x'               | invalidPath",
        "name.nosuch   | 'x'               | invalidPath",
        "urn:x:nosuch  | 'x'               | invalidPath",
        "emails[       | 'x'               | invalidFilter",
        "title..x      | 'x'               | invalidPath"
      })
  @Section("7644 §3.5.2")
  void takesOnlyWhatFitsTheSchema(String path, String value, String scimType) {
    var user = scim.user();

    patch(user, "{'op':'add','path':'%s','value':%s}".formatted(path, value))
        .isError(400, scimType);

    assertThat(read(user)).isEqualTo(user.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'add','path':'emails','value':[{'value':'n@b.c','primary':true}]}",
        "{'op':'replace','path':'emails[type eq \\\"home\\\"].primary','value':true}",
        "{'op':'add','path':'emails[type eq \\\"home\\\"].primary','value':true}",
        "{'op':'add','value':{'emails':[{'value':'n@b.c','type':'x','primary':true}]}}"
      })
  @Section("7644 §3.5.2")
  void makesOthersNotPrimary(String operation) {
    var user =
        scim.user(
            "'emails':[{'value':'w@b.c','type':'work','primary':true},"
                + "{'value':'h@b.c','type':'home'}]");

    patch(user, operation).isDone();

    var emails = Declared.stream(read(user).path("emails")).toList();
    assertThat(emails).filteredOn(it -> it.path("primary").asBoolean()).hasSize(1);
    assertThat(emails)
        .filteredOn(it -> it.path("value").asText().equals("w@b.c"))
        .noneMatch(it -> it.path("primary").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title",
        "TITLE",
        "Title",
        "urn:ietf:params:scim:schemas:core:2.0:User:title",
        "URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:TITLE"
      })
  @Section({"7644 §3.10", "7643 §2.1"})
  void readsPathsInAnyCaseAndWithTheirSchema(String path) {
    var user = scim.user();

    patch(user, "{'op':'add','path':'%s','value':'x'}".formatted(path)).isDone();

    assertThat(read(user).path("title").asText()).isEqualTo("x");
  }

  @Test
  @Section({"7644 §3.10", "7644 §3.5.2"})
  void addsTheSchemaOfWhatAPathBringsIn() {
    var user = scim.user();

    patch(user, "{'op':'add','path':'%s:department','value':'x'}".formatted(Scim.ENTERPRISE))
        .isDone();

    assertThat(read(user).path(Scim.ENTERPRISE).path("department").asText()).isEqualTo("x");
    assertThat(read(user).path("schemas").toString()).contains(Scim.ENTERPRISE);
    patch(user, "{'op':'remove','path':'%s:department'}".formatted(Scim.ENTERPRISE)).isDone();
    assertThat(read(user)).isEqualTo(reread(user));
    assertThat(read(user).has(Scim.ENTERPRISE)).isFalse();
  }

  private JsonNode reread(Answer user) {
    return scim.get("/Users?filter=id eq \"" + user.id() + "\"").json().at("/Resources/0");
  }
}
