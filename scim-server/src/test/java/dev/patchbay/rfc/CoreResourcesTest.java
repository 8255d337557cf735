package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.e2e.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §4: users, groups and the enterprise extension. */
@RfcTest
class CoreResourcesTest {
  private static final String SECRET = "Qu1te-Secret-9";

  private final Scim scim;

  CoreResourcesTest(Scim scim) {
    this.scim = scim;
  }

  private Answer read(Answer made) {
    return scim.get("/Users/" + made.id()).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'userName':''", ",'userName':null", ",'userName':'  '"})
  @Section("7643 §4.1.1")
  void givesEveryUserAName(String name) {
    scim.post("/Users", "{'schemas':['" + Scim.USER + "']" + name + "}")
        .isError(400, "invalidValue");
  }

  @Test
  @Section("7643 §4.1.1")
  void givesNoNameTwiceInAnyCase() {
    var name = scim.user().at("/userName");
    var other = scim.user();
    var taken = name.toUpperCase(Locale.ROOT);

    var path = "/Users/" + other.id();
    var rename = "{'op':'replace','path':'userName','value':'%s'}".formatted(taken);
    var refusals =
        List.of(
            scim.post("/Users", Scim.userBody(taken)),
            scim.put(path, Scim.userBody(taken)),
            scim.patch(path, rename));

    for (var refusal : refusals) {
      refusal.isError(409, "uniqueness");
      assertThat(refusal.at("/detail")).as("as it was sent").contains(taken);
    }
    assertThat(read(other).json()).isEqualTo(other.json());
  }

  @Test
  @Section({"7643 §4.1.1", "7643 §7"})
  void neverReturnsAPassword() {
    var password = "'password':'" + SECRET + "'";
    var made = scim.user(password);
    var path = "/Users/" + made.id();
    var patch = "{'op':'replace','path':'password','value':'" + SECRET + "x'}";

    assertSecret(made);
    assertSecret(scim.get(path));
    assertSecret(scim.get(path + "?attributes=password,userName"));
    assertSecret(scim.patch(path + "?attributes=password", patch).is(200));
    assertSecret(scim.put(path, Scim.userBody(made.at("/userName"), password)).is(200));
    assertSecret(scim.get("/Users?attributes=password&filter=id eq \"" + made.id() + "\""));
    assertSecret(scim.post("/Users", Scim.userBody(made.at("/userName"), password)).is(409));
  }

  private static void assertSecret(Answer answer) {
    assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("\"password\"");
  }

  @Test
  @Section({"7643 §4.1.1", "7643 §4.1.2", "7643 §8.2"})
  void keepsEveryAttributeOfAUser() {
    var attributes =
        """
        'externalId':'701984','name':{'formatted':'Ms. Ada K. Lovelace, II','familyName':'Lovelace',
        'givenName':'Ada','middleName':'King','honorificPrefix':'Ms.','honorificSuffix':'II'},
        'displayName':'Ada Lovelace','nickName':'Ada','profileUrl':'https://corp.example/ada',
        'title':'Countess','userType':'Employee','preferredLanguage':'en-GB','locale':'en-GB',
        'timezone':'Europe/London','active':true,
        'emails':[{'value':'ada@corp.example','type':'work','primary':true},
        {'value':'ada@home.example','type':'home','display':'Home'}],
        'phoneNumbers':[{'value':'tel:+44-20-7946-0000','type':'work'},{'value':'020','type':'fax'}],
        'ims':[{'value':'someaimhandle','type':'aim'}],
        'photos':[{'value':'https://corp.example/ada.jpg','type':'photo'}],
        'addresses':[{'type':'work','streetAddress':'12 St James Square','locality':'London',
        'region':'Westminster','postalCode':'SW1Y','country':'GB','formatted':'12 St James Square',
        'primary':true}],'entitlements':[{'value':'lift'}],'roles':[{'value':'Analyst'}],
        'x509Certificates':[{'value':'MIIDQzCCAqygAwIBAgICEAAwDQ=='}]
        """;
    var sent = Scim.userBody(Scim.unique("full"), attributes);

    var made = read(scim.post("/Users", sent).is(201)).json();

    json(sent)
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().equals("schemas")) {
                assertThat(made.path(each.getKey())).isEqualTo(each.getValue());
              }
            });
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String body) {
    return new Answer(
            0,
            java.net.http.HttpHeaders.of(java.util.Map.of(), (a, b) -> true),
            body.replace('\'', '"'))
        .json();
  }

  @Test
  @Section("7643 §4.1.2")
  void tellsAUserItsGroups() {
    var user = scim.user();
    var group = scim.group(user.id());

    var groups = read(user).json().path("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.at("/0/value").asText()).isEqualTo(group.id());
    assertThat(groups.at("/0/$ref").asText()).isEqualTo(group.at("/meta/location"));
    assertThat(groups.at("/0/type").asText("direct")).isEqualTo("direct");
    assertThat(groups.at("/0/display").asText()).isEqualTo(group.at("/displayName"));
    scim.delete("/Groups/" + group.id()).is(204);
    assertThat(read(user).json().path("groups")).isEmpty();
  }

  @Test
  @Section("7643 §4.1.2")
  void changesMembershipThroughTheGroupOnly() {
    var user = scim.user();
    var group = scim.group();
    var groups = "[{'value':'" + group.id() + "'}]";
    var path = "/Users/" + user.id();

    scim.patch(path, "{'op':'add','path':'groups','value':" + groups + "}")
        .isError(400, "mutability");
    scim.put(path, Scim.userBody(user.at("/userName"), "'groups':" + groups)).is(200);

    assertThat(read(user).json().path("groups")).isEmpty();
    assertThat(scim.get("/Groups/" + group.id()).json().path("members")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'displayName':''", ",'displayName':null", ",'members':[]"})
  @Section("7643 §4.2")
  void givesEveryGroupAName(String name) {
    scim.post("/Groups", "{'schemas':['" + Scim.GROUP + "']" + name + "}")
        .isError(400, "invalidValue");
  }

  @Test
  @Section("7643 §4.2")
  void tellsAGroupItsMembers() {
    var one = scim.user();
    var other = scim.user();

    var members = scim.get("/Groups/" + scim.group(one.id(), other.id()).id()).json();

    assertThat(members.path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactlyInAnyOrder(one.id(), other.id());
    assertThat(members.path("members"))
        .extracting(it -> it.path("$ref").asText())
        .containsExactlyInAnyOrder(one.at("/meta/location"), other.at("/meta/location"));
    assertThat(members.path("members"))
        .allMatch(it -> it.path("type").asText("User").equals("User"));
  }

  @Test
  @Section("7643 §4.3")
  void keepsTheEnterpriseExtension() {
    var manager = scim.user();
    var extension =
        "{'employeeNumber':'1','costCenter':'2','organization':'3','division':'4',"
            + "'department':'5','manager':{'value':'%s','$ref':'%s'}}";

    var sent = extension.formatted(manager.id(), manager.at("/meta/location"));
    var made = read(scim.user("'" + Scim.ENTERPRISE + "':" + sent)).json().path(Scim.ENTERPRISE);

    assertThat(made.path("manager").path("value").asText()).isEqualTo(manager.id());
    assertThat(made.path("manager").path("$ref").asText()).isEqualTo(manager.at("/meta/location"));
    assertThat(made.path("costCenter").asText()).isEqualTo("2");
    assertThat(made.path("employeeNumber").asText()).isEqualTo("1");
  }
}
