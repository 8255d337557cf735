package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.12: statuses and what an error says. */
@RfcTest
class ErrorsTest {
  private final Scim scim;

  ErrorsTest(Scim scim) {
    this.scim = scim;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET    | /Users/none                          |                          | 404 |",
        "POST   | /Users                               | {                        | 400 |"
            + " invalidSyntax",
        "POST   | /Users                               | []                       | 400 |"
            + " invalidSyntax",
        "POST   | /Users | {'schemas':['"
            + Scim.USER
            + "'],'userName':17} | 400 |"
            + " invalidValue",
        "POST   | /Users | {'schemas':['"
            + Scim.USER
            + "'],'displayName':'x'} | 400 |"
            + " invalidValue",
        "GET    | /Users?filter=userName               |                          | 400 |"
            + " invalidFilter",
        "GET    | /Users?filter=userName xx 1          |                          | 400 |"
            + " invalidFilter",
        "GET    | /Users?filter=password pr            |                          | 403 |"
            + " sensitive",
        "PATCH  | /Users/none                          | {'schemas':['"
            + Scim.PATCH_OP
            + "'],'Operations':[{'op':'add','path':'title','value':'x'}]}       | 404 |",
        "DELETE | /Users/none                          |                          | 404 |",
        "POST   | /Users/none                          | {}                       | 405 |"
      })
  @Section("7644 §3.12")
  void saysInItsBodyWhatIsWrong(
      String method, String path, String body, int status, String scimType) {
    var answer = body == null ? scim.send(method, path) : scim.send(method, path, body);

    answer.isError(status, scimType == null ? "" : scimType);
    assertThat(answer.json().path("status").isTextual()).isTrue();
  }

  @Test
  @Section({"7644 §3.12", "7644 §3.3"})
  void saysThatANameIsTaken() {
    var name = scim.user().at("/userName");

    scim.post("/Users", Scim.userBody(name)).isError(409, "uniqueness");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'replace','path':'id','value':'x'}                       | mutability",
        "{'op':'replace','path':'meta.created','value':'x'}             | mutability",
        "{'op':'remove','path':'userName'}                              | mutability",
        "{'op':'replace','path':'no such path','value':'x'}             | invalidPath",
        "{'op':'replace','path':'name.','value':'x'}                    | invalidPath",
        "{'op':'remove'}                                                | noTarget",
        "{'op':'replace','path':'emails[type eq \\\"x\\\"]','value':{}} | noTarget",
        "{'op':'replace','path':'emails[type xx 1]','value':{}}         | invalidFilter",
        "{'op':'replace','path':'active','value':'perhaps'}             | invalidValue",
        "{'op':'replace','path':'name','value':'Ada'}                   | invalidValue",
        "{'op':'jump','path':'title','value':'x'}                       | invalidSyntax",
        "{'path':'title','value':'x'}                                   | invalidSyntax"
      })
  @Section("7644 §3.12")
  void saysWhatIsWrongWithAPatch(String operation, String scimType) {
    var user = scim.user();

    scim.patch("/Users/" + user.id(), operation).isError(400, scimType);

    assertThat(scim.get("/Users/" + user.id()).json()).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.12")
  void namesTheAttributeThatIsWrong() {
    var path = "/Users/" + scim.user().id();

    assertThat(scim.patch(path, "{'op':'add','path':'active','value':'perhaps'}").at("/detail"))
        .contains("active");
    assertThat(scim.patch(path, "{'op':'add','path':'name.givenName','value':17}").at("/detail"))
        .contains("givenName");
    assertThat(scim.post("/Users", Scim.userBody("x", "'emails':[{'value':1}]")).at("/detail"))
        .contains("emails");
  }
}
