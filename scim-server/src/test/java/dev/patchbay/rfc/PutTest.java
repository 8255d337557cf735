package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.5.1: replacing a resource. */
@RfcTest
class PutTest {
  private final Scim scim;

  PutTest(Scim scim) {
    this.scim = scim;
  }

  private Answer put(Answer user, String... attributes) {
    return scim.put("/Users/" + user.id(), Scim.userBody(user.at("/userName"), attributes));
  }

  private JsonNode read(Answer user) {
    return scim.get("/Users/" + user.id()).is(200).json();
  }

  @Test
  @Section({"7644 §3.5", "7644 §3.5.1"})
  void answersWithWhatIsThereNow() {
    var user = scim.user();

    var answer = put(user, "'displayName':'Ada'").is(200);

    assertThat(answer.at("/displayName")).isEqualTo("Ada");
    assertThat(answer.json()).isEqualTo(read(user));
    assertThat(answer.id()).isEqualTo(user.id());
  }

  @Test
  @Section("7644 §3.5.1")
  void replacesWhatIsGiven() {
    var user = scim.user("'title':'a'", "'emails':[{'value':'a@b.c'},{'value':'d@e.f'}]");

    put(user, "'title':'b'", "'emails':[{'value':'g@h.i'}]").is(200);

    assertThat(read(user).path("title").asText()).isEqualTo("b");
    assertThat(read(user).path("emails")).hasSize(1);
    assertThat(read(user).at("/emails/0/value").asText()).isEqualTo("g@h.i");
  }

  @Test
  @Section("7644 §3.5.1")
  void clearsWhatIsNotGiven() {
    var user =
        scim.user(
            "'title':'a'",
            "'name':{'givenName':'A','familyName':'B'}",
            "'emails':[{'value':'a@b.c'}]",
            "'" + Scim.ENTERPRISE + "':{'department':'d'}");

    put(user, "'name':{'familyName':'C'}").is(200);

    var now = read(user);
    assertThat(now.has("title")).isFalse();
    assertThat(now.has("emails")).isFalse();
    assertThat(now.has(Scim.ENTERPRISE)).isFalse();
    assertThat(now.path("name").has("givenName")).isFalse();
    assertThat(now.at("/name/familyName").asText()).isEqualTo("C");
  }

  @Test
  @Section("7644 §3.5.1")
  void ignoresReadOnlyAttributes() {
    var user = scim.user();
    var group = scim.group(user.id());

    put(
            user,
            "'id':'other'",
            "'groups':[]",
            "'meta':{'resourceType':'Robot','created':'2001-01-01T00:00:00Z'}")
        .is(200);

    assertThat(read(user).at("/groups/0/value").asText()).isEqualTo(group.id());
    assertThat(read(user).at("/meta/created").asText()).isEqualTo(user.at("/meta/created"));
    assertThat(read(user).at("/meta/resourceType").asText()).isEqualTo("User");
  }

  @Test
  @Section("7644 §3.5.1")
  void takesBackWhatItGave() {
    var user =
        scim.user(
            "'name':{'givenName':'A'}",
            "'emails':[{'value':'a@b.c','type':'work','primary':true}]",
            "'" + Scim.ENTERPRISE + "':{'department':'d'}");
    scim.group(user.id());
    var before = read(user);

    var answer = scim.sendAsIs("PUT", "/Users/" + user.id(), before.toString()).is(200);

    assertThat(answer.json()).isEqualTo(before);
  }

  @Test
  @Section("7644 §3.5.1")
  void refusesAnotherValueOfWhatIsImmutable() {
    var user = scim.user();
    scim.declared()
        .immutableOf(Scim.USER, read(user))
        .forEach(
            (urn, attribute) -> {
              var body = (com.fasterxml.jackson.databind.node.ObjectNode) read(user).deepCopy();
              body.withObject("/" + urn).put(attribute, "4711");

              scim.sendAsIs("PUT", "/Users/" + user.id(), body.toString())
                  .isError(400, "mutability");
              assertThat(read(user)).isEqualTo(user.json());
            });
  }

  @Test
  @Section("7644 §3.5.1")
  void refusesWhatLacksARequiredAttribute() {
    var user = scim.user();
    var group = scim.group();
    var bodyOfUser = "{'schemas':['" + Scim.USER + "'],'title':'x'}";

    scim.put("/Users/" + user.id(), bodyOfUser).isError(400, "invalidValue");
    scim.put("/Groups/" + group.id(), "{'schemas':['" + Scim.GROUP + "']}")
        .isError(400, "invalidValue");

    assertThat(read(user)).isEqualTo(user.json());
  }

  @Test
  @Section("7644 §3.5.1")
  void replacesTheMembersOfAGroup() {
    var one = scim.user();
    var other = scim.user();
    var group = scim.group(one.id());

    scim.put("/Groups/" + group.id(), Scim.groupBody(group.at("/displayName"), other.id())).is(200);

    var members = scim.get("/Groups/" + group.id()).json().path("members");
    assertThat(members).hasSize(1);
    assertThat(members.at("/0/value").asText()).isEqualTo(other.id());
    assertThat(read(one).has("groups")).isFalse();
  }

  @Test
  @Section("7644 §3.5.1")
  void changesNothingIfItIsRefused() {
    var user = scim.user("'title':'a'");

    put(user, "'title':'b'", "'active':'perhaps'").is(400);

    assertThat(read(user)).isEqualTo(user.json());
  }
}
