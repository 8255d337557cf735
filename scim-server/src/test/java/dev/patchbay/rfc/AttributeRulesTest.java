package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §2 and §7: names, types, multiple values, unassigned values, characteristics. */
@RfcTest
class AttributeRulesTest {
  private final Scim scim;

  AttributeRulesTest(Scim scim) {
    this.scim = scim;
  }

  private Answer read(Answer made) {
    return scim.get("/Users/" + made.id()).is(200);
  }

  @Test
  @Section("7643 §2.1")
  void readsNamesInAnyCaseAndWritesThemAsDeclared() {
    var name = Scim.unique("case");
    var urn = Scim.ENTERPRISE.toUpperCase(Locale.ROOT);
    var body =
        "{'SCHEMAS':['%1$s','%3$s'],'USERNAME':'%2$s','Name':{'GIVENNAME':'Ada'},'EMails':[{'VALUE':'a@b.c'}],"
            + "'%3$s':{'DEPARTMENT':'Tours'}}";

    var made = read(scim.post("/Users", body.formatted(Scim.USER, name, urn)).is(201));

    assertThat(made.at("/userName")).isEqualTo(name);
    assertThat(made.at("/name/givenName")).isEqualTo("Ada");
    assertThat(made.at("/emails/0/value")).isEqualTo("a@b.c");
    assertThat(made.json().path(Scim.ENTERPRISE).path("department").asText()).isEqualTo("Tours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'active':'perhaps'",
        "'active':1",
        "'title':17",
        "'title':true",
        "'title':{'a':'b'}",
        "'title':['a','b']",
        "'name':'Ada'",
        "'name':{'givenName':['a','b']}",
        "'emails':'a@b.c,d@e.f'",
        "'emails':[{'value':17}]",
        "'emails':[{'value':'a@b.c','primary':'perhaps'}]",
        "'addresses':[['x']]",
        "'externalId':17"
      })
  @Section({"7643 §2.3", "7644 §3.12"})
  void takesNoValueOfAnotherType(String attribute) {
    var name = Scim.unique("typed");

    scim.post("/Users", Scim.userBody(name, attribute)).isError(400, "invalidValue");

    assertThat(scim.get("/Users?filter=userName eq \"" + name + "\"").at("/totalResults"))
        .isEqualTo("0");
  }

  @Test
  @Section({"7643 §2.3.1", "7643 §2.3.2"})
  void keepsStringsAndBooleans() {
    var made = read(scim.user("'title':'\\u00e9 \\\"x\\\" \\\\ /'", "'active':false"));

    assertThat(made.at("/title")).isEqualTo("é \"x\" \\ /");
    assertThat(made.json().path("active").isBoolean()).isTrue();
    assertThat(made.json().path("active").asBoolean(true)).isFalse();
  }

  @Test
  @Section("7643 §2.3.4")
  void writesIntegersWithoutFractions() {
    var config = scim.get("/ServiceProviderConfig").text() + scim.get("/Users?count=0").text();

    assertThat(config).doesNotContainPattern("\"\\s*:\\s*-?\\d+[.eE]");
  }

  @Test
  @Section({"7643 §2.3.6", "7643 §4.1.2"})
  void takesBinariesInBase64Only() {
    var certificate = "'x509Certificates':[{'value':'%s'}]";

    var made = read(scim.user(certificate.formatted("MIIDQzCCAqygAwIBAgICEAAwDQ==")));

    assertThat(made.at("/x509Certificates/0/value")).isEqualTo("MIIDQzCCAqygAwIBAgICEAAwDQ==");
    scim.post("/Users", Scim.userBody(Scim.unique("x"), certificate.formatted("no base64!")))
        .isError(400, "invalidValue");
  }

  @Test
  @Section("7643 §2.3.7")
  void takesUrisAsReferencesOnly() {
    var url = "https://example.com/~ada?x=y#z";

    assertThat(read(scim.user("'profileUrl':'" + url + "'")).at("/profileUrl")).isEqualTo(url);
    scim.post("/Users", Scim.userBody(Scim.unique("x"), "'profileUrl':'http://a b<c>'"))
        .isError(400, "invalidValue");
  }

  @Test
  @Section("7643 §2.3.7")
  void givesWhatAReferenceLeadsTo() {
    var user = scim.user();
    var group = scim.group(user.id());

    var member = scim.get("/Groups/" + group.id()).at("/members/0/$ref");
    var groupOfUser = read(user).at("/groups/0/$ref");

    assertThat(member).isEqualTo(user.at("/meta/location"));
    assertThat(scim.get(relative(member)).is(200).id()).isEqualTo(user.id());
    assertThat(scim.get(relative(groupOfUser)).is(200).id()).isEqualTo(group.id());
  }

  private String relative(String location) {
    assertThat(location).startsWith(scim.base().toString());
    return location.substring(scim.base().toString().length());
  }

  @Test
  @Section("7643 §2.3.8")
  void takesAttributesInAnyOrder() {
    var name = Scim.unique("order");
    var body = "{'name':{'familyName':'L','givenName':'A'},'userName':'%s','schemas':['%s']}";

    var made = scim.post("/Users", body.formatted(name, Scim.USER)).is(201);

    assertThat(made.at("/name/givenName")).isEqualTo("A");
  }

  @Test
  @Section("7643 §2.4")
  void hasOnePrimaryAtMost() {
    var two = "'emails':[{'value':'a@b.c','primary':true},{'value':'d@e.f','primary':true}]";

    var answer = scim.post("/Users", Scim.userBody(Scim.unique("primary"), two));

    if (answer.status() == 201) {
      assertThat(primaries(read(answer).json().path("emails"))).hasSize(1);
    } else {
      answer.isError(400, "invalidValue");
    }
  }

  private static List<String> primaries(JsonNode elements) {
    return Declared.stream(elements)
        .filter(it -> it.path("primary").asBoolean())
        .map(it -> it.path("value").asText())
        .toList();
  }

  @Test
  @Section("7643 §2.4")
  void takesElementsThatSayNothingOfPrimaryAsNotPrimary() {
    var address = Scim.unique("plain") + "@corp.example";
    var user = scim.user("'emails':[{'value':'" + address + "'}]");

    var found =
        scim.get("/Users?filter=emails[value eq \"" + address + "\" and primary eq false]").is(200);

    assertThat(found.at("/Resources/0/id")).isEqualTo(user.id());
  }

  @Test
  @Section("7643 §2.4")
  void returnsNoElementTwice() {
    var twice = "{'value':'a@b.c','type':'work'}";
    var home = "{'value':'a@b.c','type':'home'}";

    var made = read(scim.user("'emails':[%1$s,%1$s,%2$s]".formatted(twice, home)));

    assertThat(made.json().path("emails")).hasSize(2);
    scim.patch("/Users/" + made.id(), "{'op':'add','path':'emails','value':[" + twice + "]}")
        .isDone();
    assertThat(read(made).json().path("emails")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'title':null",
        "'emails':[]",
        "'emails':null",
        "'name':null",
        "'name':{}",
        "'name':{'givenName':null}",
        "'addresses':[{}]"
      })
  @Section("7643 §2.5")
  void takesNullAndEmptyForUnassigned(String attribute) {
    var bare = read(scim.user()).json();
    var user = read(scim.user(attribute)).json();

    var names = new ArrayList<String>();
    user.fieldNames().forEachRemaining(names::add);
    assertThat(bare.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'title':null,'emails':[]", "'title':null,'emails':null", "'nickName':'n'"})
  @Section("7643 §2.5")
  void clearsByNullEmptyAndAbsenceAlike(String attributes) {
    var user = scim.user("'title':'x'", "'emails':[{'value':'a@b.c'}]");

    scim.put("/Users/" + user.id(), Scim.userBody(user.at("/userName"), attributes)).is(200);

    assertThat(read(user).json().has("title")).isFalse();
    assertThat(read(user).json().has("emails")).isFalse();
  }

  @Test
  @Section("7643 §7")
  void keepsTheCaseOfWhatIsCaseExact() {
    var made = read(scim.user("'externalId':'MiXeD'", "'profileUrl':'http://EXAMPLE.com/A'"));

    assertThat(made.at("/externalId")).isEqualTo("MiXeD");
    assertThat(made.at("/profileUrl")).isEqualTo("http://EXAMPLE.com/A");
  }

  @Test
  @Section("7643 §7")
  void returnsWhatIsReturnedOnRequestOnlyThen() {
    for (String urn : scim.declared().extensions(Scim.USER)) {
      for (JsonNode attribute : scim.declared().attributes(urn)) {
        if (attribute.path("returned").asText().equals("request")) {
          var name = attribute.path("name").asText();
          var list = scim.get("/Users?count=1").json().at("/Resources/0");

          assertThat(list.path(urn).has(name)).as(name).isFalse();
        }
      }
    }
  }
}
