package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.4.2.2: the whole filter language, on three users and their groups. */
@RfcTest
@TestInstance(Lifecycle.PER_CLASS)
class FilterTest {
  private static final String DEPARTMENT = Scim.ENTERPRISE + ":department";

  private final Scim scim;
  private final String cohort = Scim.unique("filter");
  private final Map<String, Answer> users = new java.util.LinkedHashMap<>();

  FilterTest(Scim scim) {
    this.scim = scim;
  }

  @BeforeAll
  void makeThreeUsers() {
    make(
        "a",
        "'title':'Countess'",
        "'active':true",
        "'externalId':'Ext-A'",
        "'name':{'familyName':'Lovelace'}",
        "'emails':[{'value':'ada@corp.example','type':'work','primary':true},"
            + "{'value':'ada@home.example','type':'home'}]",
        "'" + Scim.ENTERPRISE + "':{'department':'Tours'}");
    make(
        "b",
        "'title':'count'",
        "'active':false",
        "'externalId':'ext-b'",
        "'nickName':'Bobby \\\"B\\\" \\\\ Tables'",
        "'emails':[{'value':'bob@home.example','type':'work'},"
            + "{'value':'bob@corp.example','type':'home'}]");
    make("c", "'x509Certificates':[{'value':'MIIDQzCCAqygAwIBAgICEAAwDQ=='}]");
  }

  private void make(String key, String... attributes) {
    var all = new ArrayList<>(List.of(attributes));
    all.add("'userType':'" + cohort + "'");
    users.put(key, scim.user(all.toArray(String[]::new)));
  }

  private String found(String filter) {
    var answer = scim.get("/Users?filter=userType eq \"" + cohort + "\" and (" + filter + ")");
    var ids = new ArrayList<String>();
    answer.is(200).json().path("Resources").forEach(it -> ids.add(it.path("id").asText()));
    assertThat(answer.json().path("totalResults").intValue()).isEqualTo(ids.size());
    var keys = users.entrySet().stream().filter(it -> ids.contains(it.getValue().id()));
    return String.join(" ", keys.map(Map.Entry::getKey).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title eq \"Countess\"         | a",
        "title eq \"none\"             | ''",
        "title pr and title ne \"x\"   | a b",
        "title pr and title ne \"count\" | a",
        "title co \"oun\"              | a b",
        "title sw \"count\"            | a b",
        "title ew \"ess\"              | a",
        "title pr                      | a b",
        "title gt \"count\"            | a",
        "title ge \"count\"            | a b",
        "title lt \"countess\"         | b",
        "title le \"countess\"         | a b",
        "emails pr                     | a b",
        "name pr                       | a",
        "x509Certificates pr           | c",
        "nickName pr                   | b"
      })
  @Section("7644 §3.4.2.2")
  void knowsAllOperators(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "active eq true                                 | a c",
        "active eq false                                | b",
        "active ne true                                 | b",
        "meta.created gt \"2011-05-13T04:42:34Z\"       | a b c",
        "meta.created ge \"2011-05-13T04:42:34%2B02:00\"  | a b c",
        "meta.lastModified lt \"2011-05-13T04:42:34Z\"  | ''",
        "meta.resourceType eq \"User\"                  | a b c",
        "title eq null                                  | c",
        "title ne null                                  | a b",
        "x509Certificates.value eq \"MIIDQzCCAqygAwIBAgICEAAwDQ==\" | c"
      })
  @Section("7644 §3.4.2.2")
  void comparesValuesOfEveryType(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title eq \"COUNTESS\"                    | a",
        "TITLE Eq \"countess\"                    | a",
        "title PR                                 | a b",
        "title eq \"count\" OR title eq \"countess\" | a b",
        "NOT (title pr)                           | c",
        "externalId eq \"Ext-A\"                  | a",
        "externalId eq \"ext-a\"                  | ''",
        "externalId sw \"ext\"                    | b",
        "externalId co \"XT\"                     | ''",
        "emails.value eq \"ADA@corp.EXAMPLE\"     | a"
      })
  @Section({"7644 §3.4.2.2", "7643 §7", "7643 §2.1"})
  void mindsCaseWhereTheSchemaDoes(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title eq \"Countess\" or title eq \"count\" and active eq true   | a",
        "title eq \"count\" and active eq true or title eq \"Countess\"   | a",
        "(title eq \"Countess\" or title eq \"count\") and active eq false | b",
        "not (title eq \"count\") and active eq true                      | a c",
        "not (title eq \"count\" or active eq true)                       | ''",
        "not (not (title pr))                                             | a b",
        "((title pr))                                                     | a b"
      })
  @Section("7644 §3.4.2.2")
  void evaluatesInOrderOfPrecedence(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "emails[type eq \"work\" and value co \"@corp.example\"]        | a",
        "emails.type eq \"work\" and emails.value co \"@corp.example\"  | a b",
        "emails[type eq \"home\" and not (value co \"corp\")]           | a",
        "emails[type eq \"home\" or primary eq true]                    | a b",
        "emails[primary eq true]                                        | a",
        "not (emails[type eq \"work\"])                                 | c",
        "emails[type eq \"work\"] and title eq \"count\"                | b",
        "emails.primary eq true                                         | a",
        "emails co \"corp.example\"                                     | a b",
        "emails.type eq \"work\"                                        | a b",
        "name.familyName eq \"lovelace\"                                | a"
      })
  @Section("7644 §3.4.2.2")
  void looksIntoComplexAttributes(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        Scim.USER + ":title eq \"count\"                          | b",
        Scim.USER + ":name.familyName eq \"Lovelace\"             | a",
        Scim.USER + ":emails[type eq \"work\" and primary eq true] | a",
        DEPARTMENT + " eq \"tours\"                               | a",
        "not (" + DEPARTMENT + " pr)                              | b c",
        "schemas eq \"" + Scim.ENTERPRISE + "\"                   | a"
      })
  @Section({"7644 §3.4.2.2", "7644 §3.10"})
  void knowsNamesWithTheirSchema(String filter, String expected) {
    assertThat(found(filter)).isEqualTo(expected);
  }

  @Test
  @Section("7644 §3.4.2.2")
  void readsStringsAsJsonHasThem() {
    assertThat(found("nickName eq \"Bobby \\\"B\\\" \\\\ Tables\"")).isEqualTo("b");
    assertThat(found("nickName eq \"\\u0042obby \\\"B\\\" \\u005c Tables\"")).isEqualTo("b");
  }

  @Test
  @Section("7644 §3.4.2.2")
  void comparesADefaultedAttributeByWhatWasReturned() {
    assertThat(users.get("c").json().path("active").asBoolean()).isTrue();

    assertThat(found("active eq true and not (title pr)")).isEqualTo("c");
  }

  @Test
  @Section("7644 §3.4.2.2")
  void findsGroupsByTheirMembersAndUsersByTheirGroups() {
    var user = users.get("a").id();
    var group = scim.group(user);

    for (String filter :
        List.of(
            "members.value eq \"" + user + "\"",
            "members[value eq \"" + user + "\"]",
            "members eq \"" + user + "\"",
            "displayName eq \"" + group.at("/displayName") + "\" and members pr")) {
      assertThat(scim.get("/Groups?filter=" + filter).is(200).json().path("Resources"))
          .extracting(it -> it.path("id").asText())
          .containsExactly(group.id());
    }
    assertThat(found("groups.value eq \"" + group.id() + "\"")).isEqualTo("a");
    assertThat(found("groups.display eq \"" + group.at("/displayName") + "\"")).isEqualTo("a");
    scim.delete("/Groups/" + group.id()).is(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "title",
        "title eq",
        "title xx \"a\"",
        "title eq \"a\" and",
        "and title pr",
        "(title pr",
        "title pr)",
        "title eq a",
        "title eq 'a'",
        "title eq \"a",
        "\"a\" eq title",
        "not title pr",
        "title pr title pr",
        "emails[type eq \"work\"",
        "emails[]",
        "emails[nosuch eq \"a\"]",
        "emails[type eq \"work\"].",
        "title.x eq \"a\"",
        "title[x eq \"a\"]",
        "-a eq \"b\""
      })
  @Section({"7644 §3.4.2.2", "7644 §3.12"})
  void refusesWhatIsNoFilter(String filter) {
    scim.get("/Users?filter=" + filter).isError(400, "invalidFilter");
    var search = "{\"schemas\":[\"%s\"],\"filter\":%s}";
    var text = new com.fasterxml.jackson.databind.node.TextNode(filter).toString();
    scim.sendAsIs("POST", "/Users/.search", search.formatted(Scim.SEARCH, text))
        .isError(400, "invalidFilter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "active gt true",
        "active ge true",
        "active lt false",
        "active le false",
        "emails.primary gt false",
        "x509Certificates.value gt \"MIID\"",
        "x509Certificates.value le \"MIID\""
      })
  @Section("7644 §3.4.2.2")
  void putsNoOrderIntoBooleansAndBinaries(String filter) {
    scim.get("/Users?filter=" + filter).isError(400, "invalidFilter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name eq \"Lovelace\"", "name co \"Love\"", "meta gt \"2011\""})
  @Section("7644 §3.4.2.2")
  void wantsAPartOfAComplexAttribute(String filter) {
    scim.get("/Users?filter=" + filter).isError(400, "invalidFilter");
  }

  @Test
  @Section("7644 §3.4.2.2")
  void returnsOnlyWhatFits() {
    JsonNode list = scim.get("/Users?filter=userType eq \"" + cohort + "\"").is(200).json();

    assertThat(list.path("Resources"))
        .hasSize(3)
        .allMatch(it -> it.path("userType").asText().equals(cohort));
  }
}
