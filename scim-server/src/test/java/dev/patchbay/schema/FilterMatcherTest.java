package dev.patchbay.schema;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterMatcherTest {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String ENTERPRISE = ResourceTypes.ENTERPRISE_USER;

  private static final ObjectNode ADA =
      JsonText.object(
          """
          {"schemas": ["%1$s", "%2$s"],
           "id": "2819c223-AB", "externalId": "Ext-1", "userName": "Ada@Example.com",
           "displayName": "Ada Straße", "title": "", "active": true,
           "name": {"givenName": "Ada", "familyName": "Byron"},
           "emails": [{"value": "ada@work.example", "type": "work", "primary": true},
                      {"value": "ada@home.example", "type": "home"}],
           "addresses": [{"formatted": "1 Way", "type": "work"}],
           "meta": {"created": "2024-05-17T09:30:00Z", "lastModified": "2024-05-18T09:30:00.5+02:00"},
           "%2$s": {"department": "Sales", "employeeNumber": "0042",
                    "manager": {"value": "Boss-1"}}}
          """
              .formatted(ResourceTypes.CORE_USER, ENTERPRISE));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"ADA@example.COM\"",
        "USERNAME EQ \"ada@example.com\"",
        "userName ne \"bob\"",
        "userName co \"@EXAMPLE\"",
        "userName sw \"ada\"",
        "userName ew \".COM\"",
        "userName gt \"ACE\"",
        "userName ge \"ada@example.com\"",
        "userName lt \"b\"",
        "userName le \"ADA@EXAMPLE.COM\"",
        "displayName eq \"ADA STRASSE\"",
        "externalId eq \"Ext-1\"",
        "id eq \"2819c223-AB\"",
        "name.familyName eq \"byron\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ada@example.com\"",
        "URN:ietf:params:scim:schemas:core:2.0:user:name.givenName eq \"ada\"",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"sales\"",
        "department eq \"Sales\"",
        "manager eq \"Boss-1\"",
        "schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"",
        "schemas[value sw \"urn:ietf\"]",
      })
  void comparesTextByTheSchemasCaseRules(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "externalId eq \"ext-1\"",
        "externalId co \"EXT\"",
        "id eq \"2819C223-ab\"",
        "manager eq \"boss-1\"",
        "userName eq \"ada\"",
        "userName ne \"ADA@EXAMPLE.COM\"",
        "userName gt \"b\"",
        "nickName eq \"x\"",
        "nickName co \"\"",
        "nickName lt \"z\"",
      })
  void doesNotMatchOtherText(String filter) {
    assertThat(matches(filter)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emails eq \"ADA@home.example\"",
        "emails co \"home\"",
        "emails.value ew \"work.example\"",
        "emails.type eq \"home\"",
        "emails ne \"ada@home.example\"",
        "emails pr",
        "emails.type pr",
        "emails[type eq \"work\" and value co \"work\"]",
        "emails[type eq \"work\"].value eq \"ada@work.example\"",
        "emails[type eq \"work\"].display eq null",
        "emails[not (type eq \"work\")]",
        "emails[type eq \"x\" or primary eq true]",
        "emails[primary eq \"True\"].value sw \"ada\"",
        "addresses[type eq \"work\"].formatted eq \"1 way\"",
        "manager[value eq \"Boss-1\"]",
        "name[givenName eq \"ada\" and familyName eq \"byron\"]",
      })
  void oneElementIsEnough(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emails[type eq \"work\" and value co \"home\"]",
        "emails[type eq \"work\"].value eq \"ada@home.example\"",
        "emails[type eq \"home\" and primary eq true]",
        "phoneNumbers[type ne \"work\"]",
        "phoneNumbers[not (type eq \"work\")]",
        "phoneNumbers pr",
      })
  void conditionsInBracketsAreAboutOneExistingElement(String filter) {
    assertThat(matches(filter)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "active eq true",
        "active eq \"True\"",
        "active eq \"TRUE\"",
        "active ne false",
        "active ne \"False\"",
        "emails.primary eq true",
        "meta.created eq \"2024-05-17T09:30:00Z\"",
        "meta.created eq \"2024-05-17T11:30:00+02:00\"",
        "meta.created eq \"2024-05-17T09:30:00\"",
        "meta.created sw \"2024-05\"",
        "meta.lastModified gt \"2024-05-18T07:30:00Z\"",
        "meta.lastModified lt \"2024-05-18T07:30:01Z\"",
        "employeeNumber eq \"0042\"",
      })
  void comparesByType(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nickName eq null",
        "nickName ne \"x\"",
        "title eq null",
        "not (title pr)",
        "not (nickName pr)",
        "userName ne null",
        "photos eq null",
        "photos.value ne \"x\"",
        "profileUrl eq null",
        "timezone eq null and userName pr",
      })
  void whatIsNotThereIsUnassigned(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq null",
        "nickName ne null",
        "title pr",
        "nickName pr",
        "name.middleName pr",
        "urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber pr",
      })
  void whatIsNotThereIsNotPresent(String filter) {
    assertThat(matches(filter)).isFalse();
  }

  @Test
  void joinsByAndOrNot() {
    assertThat(matches("userName pr and nickName pr or active eq true")).isTrue();
    assertThat(matches("userName pr and (nickName pr or active eq false)")).isFalse();
    assertThat(matches("not (userName pr and nickName pr)")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing eq \"x\"",
        "name.nothing eq \"x\"",
        "userName.value eq \"x\"",
        "emails[nothing eq \"x\"]",
        "userName[value eq \"x\" and type eq \"y\"]",
        "urn:x:y:department eq \"x\"",
        "urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq \"x\"",
        "name eq \"x\"",
        "addresses eq \"x\"",
        "active gt true",
        "active co \"t\"",
        "active eq \"yes\"",
        "active eq 1",
        "x509Certificates.value gt \"a\"",
        "meta.created gt \"yesterday\"",
        "nickName gt null",
        "nickName co null",
      })
  void refusesWhatItCannotCompare(String filter) {
    refused(Kind.INVALID_FILTER, () -> matches(filter)).startsWith("filter: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password eq \"secret\"",
        "password pr",
        "urn:ietf:params:scim:schemas:extension:pbx:2.0:User:voicemailPin sw \"1\"",
      })
  void refusesToSearchSecrets(String filter) {
    refused(Kind.SENSITIVE, () -> matches(filter)).doesNotContain("secret\"");
  }

  @Test
  void looksIntoGroupsAsIntoAnyOtherAttribute() {
    var user = JsonText.object("{'groups': [{'value': 'g1', 'type': 'direct'}]}");

    assertThat(matches("groups eq \"g1\"", user)).isTrue();
    assertThat(matches("groups.value eq \"g2\"", user)).isFalse();
  }

  @Test
  void isMadeOnceAndRunOverMany() {
    var matcher = FilterMatcher.of(FilterParser.parse("userName sw \"a\""), USER);

    assertThat(List.of("ada", "bob", "Alan"))
        .filteredOn(name -> matcher.test(JsonText.object("{'userName': '%s'}".formatted(name))))
        .containsExactly("ada", "Alan");
  }

  private static boolean matches(String filter) {
    return matches(filter, ADA);
  }

  private static boolean matches(String filter, ObjectNode resource) {
    return FilterMatcher.of(FilterParser.parse(filter), USER).test(resource);
  }
}
