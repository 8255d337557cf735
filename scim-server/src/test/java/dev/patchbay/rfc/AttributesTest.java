package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.4.2.5 and §3.9: which attributes an answer has. */
@RfcTest
class AttributesTest {
  private final Scim scim;
  private final Answer user;

  AttributesTest(Scim scim) {
    this.scim = scim;
    this.user =
        scim.user(
            "'title':'t'",
            "'name':{'givenName':'A','familyName':'B'}",
            "'emails':[{'value':'a@b.c','type':'work'}]",
            "'" + Scim.ENTERPRISE + "':{'department':'d','division':'e'}");
  }

  private JsonNode read(String query) {
    var alone = scim.get("/Users/" + user.id() + "?" + query).is(200).json();
    var list = scim.get("/Users?filter=id eq \"" + user.id() + "\"&" + query).is(200).json();
    assertThat(list.at("/Resources/0")).isEqualTo(alone);
    return alone;
  }

  private static List<String> names(JsonNode resource) {
    var names = new ArrayList<String>();
    resource.fieldNames().forEachRemaining(names::add);
    names.remove("schemas");
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "TITLE", Scim.USER + ":title", "title,nosuch", " title ,"})
  @Section({"7644 §3.4.2.5", "7644 §3.9", "7644 §3.10"})
  void givesWhatIsAskedForAndTheId(String attributes) {
    assertThat(names(read("attributes=" + attributes))).containsExactlyInAnyOrder("id", "title");
  }

  @Test
  @Section({"7644 §3.4.2.5", "7644 §3.9"})
  void givesPartsOfWhatIsAskedFor() {
    var given = read("attributes=name.givenName,emails.value," + Scim.ENTERPRISE + ":division");

    assertThat(names(given)).containsExactlyInAnyOrder("id", "name", "emails", Scim.ENTERPRISE);
    assertThat(names(given.path("name"))).containsExactly("givenName");
    assertThat(names(given.at("/emails/0"))).containsExactly("value");
    assertThat(names(given.path(Scim.ENTERPRISE))).containsExactly("division");
  }

  @ParameterizedTest
  @CsvSource({"title, title", "EMAILS, emails", "name, name", "meta, meta"})
  @Section({"7644 §3.4.2.5", "7644 §3.9"})
  void leavesOutWhatIsExcluded(String excluded, String missing) {
    var rest = names(read("excludedAttributes=" + excluded));

    var whole = names(read(""));
    assertThat(rest).doesNotContain(missing).hasSize(whole.size() - 1);
  }

  @Test
  @Section({"7644 §3.4.2.5", "7644 §3.9"})
  void leavesOutPartsThatAreExcluded() {
    var given =
        read("excludedAttributes=name.givenName,emails.type," + Scim.ENTERPRISE + ":division");

    assertThat(names(given.path("name"))).containsExactly("familyName");
    assertThat(names(given.at("/emails/0"))).containsExactly("value");
    assertThat(names(given.path(Scim.ENTERPRISE))).containsExactly("department");
  }

  @Test
  @Section({"7644 §3.4.2.5", "7644 §3.9", "7643 §7"})
  void alwaysGivesTheId() {
    assertThat(read("excludedAttributes=id").path("id").asText()).isEqualTo(user.id());
    assertThat(read("attributes=title").path("id").asText()).isEqualTo(user.id());
    assertThat(read("attributes=nosuch").path("id").asText()).isEqualTo(user.id());
  }

  @Test
  @Section({"7644 §3.4.2.5", "7643 §7"})
  void neverGivesWhatIsNeverReturned() {
    for (String urn : scim.declared().schemas().keySet()) {
      for (JsonNode attribute : scim.declared().attributes(urn)) {
        if (attribute.path("returned").asText().equals("never")) {
          var name = attribute.path("name").asText();

          assertThat(read("attributes=" + urn + ":" + name).toString()).doesNotContain(name);
        }
      }
    }
  }

  @Test
  @Section({"7644 §3.4.2.5", "7643 §7"})
  void givesOnRequestWhatIsReturnedOnRequest() {
    var asked = new ArrayList<String>();
    for (String urn : scim.declared().extensions(Scim.USER)) {
      scim.declared().attributes(urn).stream()
          .filter(it -> it.path("returned").asText().equals("request"))
          .forEach(it -> asked.add(urn + ":" + it.path("name").asText()));
    }

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(name -> scim.get("/Users/" + user.id() + "?attributes=" + name).is(200))
        .anySatisfy(
            name -> {
              var urn = name.substring(0, name.lastIndexOf(':'));
              assertThat(names(read("attributes=" + name))).containsExactlyInAnyOrder("id", urn);
            });
  }

  @Test
  @Section({"7644 §3.9", "7644 §3.3", "7644 §3.5.1", "7644 §3.5.2"})
  void givesWhatIsAskedForInAnswersToWrites() {
    var name = Scim.unique("partly");
    var body = Scim.userBody(name, "'title':'t'");

    var made = scim.post("/Users?attributes=title", body).is(201);
    var path = "/Users/" + made.id();
    var put = scim.put(path + "?excludedAttributes=title,meta", body).is(200);
    var patched =
        scim.patch(path + "?attributes=nickName", "{'op':'add','path':'nickName','value':'n'}");

    assertThat(names(made.json())).containsExactlyInAnyOrder("id", "title");
    assertThat(names(put.json())).contains("userName").doesNotContain("title", "meta");
    assertThat(names(patched.is(200).json())).containsExactlyInAnyOrder("id", "nickName");
    assertThat(made.header("Location")).endsWith(path);
    assertThat(made.header("ETag")).isNotEmpty();
  }

  @Test
  @Section({"7644 §3.4.2.5", "7644 §3.9"})
  void givesGroupsWithoutTheirMembers() {
    var path = "/Groups/" + scim.group(user.id()).id();

    assertThat(scim.get(path + "?excludedAttributes=members").is(200).json().has("members"))
        .isFalse();
    assertThat(names(scim.get(path + "?attributes=displayName").is(200).json()))
        .containsExactlyInAnyOrder("id", "displayName");
    var values = scim.get(path + "?attributes=members.value").is(200).json();
    assertThat(names(values.at("/members/0"))).containsExactly("value");
  }
}
