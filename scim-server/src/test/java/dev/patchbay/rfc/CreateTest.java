package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.3 and §3.6: how resources come and go. */
@RfcTest
class CreateTest {
  private final Scim scim;

  CreateTest(Scim scim) {
    this.scim = scim;
  }

  @Test
  @Section({"7644 §3.3", "7644 §3.1"})
  void answersWithTheResourceAndItsPlace() {
    var made = scim.user("'title':'Countess'");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location"))
        .isEqualTo(made.at("/meta/location"))
        .isEqualTo(scim.base() + "/Users/" + made.id());
    assertThat(scim.get("/Users/" + made.id()).is(200).json()).isEqualTo(made.json());
  }

  @Test
  @Section("7644 §3.3")
  void ignoresWhatIsReadOnly() {
    var group = scim.group();
    var made =
        scim.user(
            "'id':'mine'",
            "'groups':[{'value':'" + group.id() + "'}]",
            "'meta':{'resourceType':'Robot'}");

    assertThat(made.id()).isNotEqualTo("mine");
    assertThat(made.json().has("groups")).isFalse();
    assertThat(made.at("/meta/resourceType")).isEqualTo("User");
    assertThat(scim.get("/Groups/" + group.id()).json().path("members")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/Users, User", "/Groups, Group"})
  @Section("7644 §3.3.1")
  void setsTheTypeByTheEndpoint(String endpoint, String type) {
    var body = endpoint.equals("/Users") ? Scim.userBody(Scim.unique("u")) : group();

    assertThat(scim.post(endpoint, body).is(201).at("/meta/resourceType")).isEqualTo(type);
  }

  private static String group() {
    return Scim.groupBody(Scim.unique("g"));
  }

  @Test
  @Section("7644 §3.3")
  void refusesASecondOneOfAUniqueName() {
    var name = scim.user().at("/userName");

    var answer = scim.post("/Users", Scim.userBody(name)).isError(409, "uniqueness");

    assertThat(answer.at("/detail")).contains("userName");
    assertThat(scim.get("/Users?filter=userName eq \"" + name + "\"").at("/totalResults"))
        .isEqualTo("1");
  }

  @Test
  @Section("7644 §3.6")
  void answersADeletionWithNothing() {
    var answer = scim.delete("/Users/" + scim.user().id()).is(204);

    assertThat(answer.text()).isEmpty();
  }

  @Test
  @Section("7644 §3.6")
  void knowsNothingOfWhatIsDeleted() {
    var user = scim.user();
    var path = "/Users/" + user.id();
    scim.delete(path).is(204);

    scim.get(path).isError(404);
    scim.send("HEAD", path).is(404);
    scim.put(path, Scim.userBody(user.at("/userName"))).isError(404);
    scim.patch(path, "{'op':'add','path':'title','value':'x'}").isError(404);
    scim.delete(path).isError(404);
    scim.get("/Users/" + user.id() + "?attributes=id").isError(404);
  }

  @Test
  @Section("7644 §3.6")
  void listsNothingThatIsDeleted() {
    var user = scim.user();
    var group = scim.group(user.id());
    scim.delete("/Users/" + user.id()).is(204);
    scim.delete("/Groups/" + group.id()).is(204);

    for (String query :
        new String[] {
          "/Users?filter=id eq \"" + user.id() + "\"",
          "/Users?filter=userName eq \"" + user.at("/userName") + "\"",
          "/Groups?filter=id eq \"" + group.id() + "\"",
          "/Groups?filter=members.value eq \"" + user.id() + "\""
        }) {
      assertThat(scim.get(query).is(200).json().path("totalResults").intValue()).isZero();
    }
  }

  @Test
  @Section("7644 §3.6")
  void leavesNoMemberBehind() {
    var user = scim.user();
    var group = scim.group(user.id());

    scim.delete("/Users/" + user.id()).is(204);

    assertThat(scim.get("/Groups/" + group.id()).json().path("members")).isEmpty();
  }

  @Test
  @Section("7644 §3.6")
  void givesTheNameOfADeletedUserAgain() {
    var user = scim.user();
    scim.delete("/Users/" + user.id()).is(204);

    var again = scim.userNamed(user.at("/userName"));

    assertThat(again.id()).isNotEqualTo(user.id());
    var group = scim.group();
    scim.delete("/Groups/" + group.id()).is(204);
    scim.post("/Groups", Scim.groupBody(group.at("/displayName"))).is(201);
  }
}
