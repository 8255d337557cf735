package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.named;
import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeMappingTest {
  private static final String OID = "1b3c5d7e-0000-4444-8888-abcdefabcdef";

  private static final PbxFields FIELDS =
      new PbxFields(
          EnumSet.complementOf(
              EnumSet.of(
                  PbxField.GIVEN_NAME,
                  PbxField.FAMILY_NAME,
                  PbxField.COMPANY,
                  PbxField.ENTITLEMENTS)),
          Set.of(PbxField.EMAIL),
          Set.of(),
          Map.of(
              PbxField.DISPLAY_NAME, 20,
              PbxField.EMAIL, 30,
              PbxField.WORK_PHONE, 12,
              PbxField.ADDRESS, 40,
              PbxField.DEPARTMENT, 10));

  private static AttributeMapping mapping(String yaml) {
    return new AttributeMapping(settings(yaml).attributes(), FIELDS);
  }

  private static PbxUser toPbx(String yaml, ObjectNode user) {
    return mapping(yaml).toPbx(user, "anna", "1042", "StandardUser");
  }

  /** The value of one field of a user that has an address to be mailed at. */
  private static Optional<String> value(PbxField field, String yaml, String json) {
    var user = resource(json);
    if (!user.has("userName")) {
      user.put("userName", "a@corp.com");
    }
    return toPbx(yaml, user).get(field);
  }

  private static Optional<String> value(PbxField field, String json) {
    return value(field, "", json);
  }

  @Test
  void mapsEveryAttributeThePbxHolds() {
    var user =
        resource(
            """
            { 'userName': 'anna@corp.com', 'displayName': 'Anna Berg', 'active': false,
              'emails': [ { 'value': 'anna.berg@corp.com', 'type': 'work' } ],
              'phoneNumbers': [ { 'type': 'work', 'value': '+49301' },
                                { 'type': 'mobile', 'value': '+49171' },
                                { 'type': 'home', 'value': '+49302' },
                                { 'type': 'fax', 'value': '+49303' } ],
              'addresses': [ { 'type': 'work', 'formatted': 'Am Ring 1\\n10115 Berlin' } ],
              'title': 'Head of', 'ENT': { 'department': 'Sales' },
              'PBX': { 'ms365': { 'id': 'Anna@Corp.com' } } }
            """);

    assertThat(toPbx("", user).fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(PbxField.NAME, "anna"),
                Map.entry(PbxField.EXTENSION, "1042"),
                Map.entry(PbxField.ROLE, "StandardUser"),
                Map.entry(PbxField.DISPLAY_NAME, "Anna Berg"),
                Map.entry(PbxField.EMAIL, "anna.berg@corp.com"),
                Map.entry(PbxField.ENABLED, "false"),
                Map.entry(PbxField.WORK_PHONE, "+49301"),
                Map.entry(PbxField.MOBILE_PHONE, "+49171"),
                Map.entry(PbxField.HOME_PHONE, "+49302"),
                Map.entry(PbxField.ADDRESS, "Am Ring 1, 10115 Berlin"),
                Map.entry(PbxField.DEPARTMENT, "Sales"),
                Map.entry(PbxField.MICROSOFT365, "anna@corp.com")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"displayName\": \"D\", \"name\": { \"formatted\": \"F\" } } | D",
        "{ \"displayName\": \" \", \"name\": { \"formatted\": \"F\", \"givenName\": \"G\" } } | F",
        "{ \"name\": { \"givenName\": \"G\", \"familyName\": \"N\" } } | G N",
        "{ \"name\": { \"familyName\": \"N\" } } | N",
        "{ \"userName\": \"u@corp.com\", \"name\": {} } | u@corp.com",
      })
  void takesTheDisplayNameFromWhereThereIsOne(String json, String name) {
    assertThat(value(PbxField.DISPLAY_NAME, json)).contains(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"value\": \"w@x\", \"type\": \"work\" }, { \"value\": \"p@x\", \"primary\": true } |"
            + " p@x",
        "{ \"value\": \"f@x\" }, { \"value\": \"w@x\", \"type\": \"Work\" } | w@x",
        "{ \"value\": \"f@x\", \"type\": \"home\" }, { \"value\": \"s@x\" } | f@x",
        "{ \"value\": \"\", \"primary\": true }, { \"value\": \"s@x\" } | s@x",
        "{ \"type\": \"work\", \"value\": \" \" } | a@corp.com",
      })
  void takesTheMailAddressThatIsMeant(String emails, String address) {
    assertThat(value(PbxField.EMAIL, "{ 'emails': [ " + emails + " ] }")).contains(address);
  }

  @Test
  void makesAMailAddressOfTheFallback() {
    String yaml = "email-fallback: \"{pbxUserName}.{extension}@example.invalid\"";

    assertThat(toPbx(yaml, named("anna")).get(PbxField.EMAIL))
        .contains("anna.1042@example.invalid");
  }

  @Test
  void refusesAUserWithoutMailAddressNamingTheSetting() {
    var refusal = refusal(() -> toPbx("", named("anna")));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal.detail()).contains("email-fallback");
  }

  @Test
  void takesThePrimaryNumberOfAType() {
    String json =
        """
        { 'phoneNumbers': [ { 'type': 'work', 'value': '1' }, { 'type': 'WORK', 'value': '' },
          { 'type': 'work', 'value': '2', 'primary': true },
          { 'type': 'mobile', 'value': '3' }, { 'type': 'mobile', 'value': '4' } ] }
        """;

    assertThat(value(PbxField.WORK_PHONE, json)).contains("2");
    assertThat(value(PbxField.MOBILE_PHONE, json)).contains("3");
    assertThat(value(PbxField.HOME_PHONE, json)).isEmpty();
  }

  @Test
  void stripsPunctuationFromNumbersWhenTold() {
    String json = "{ 'phoneNumbers': [ { 'type': 'work', 'value': 'tel:+49 (30)/1-2.3' } ] }";

    assertThat(value(PbxField.WORK_PHONE, "strip-phone-punctuation: true", json))
        .contains("+4930123");
    assertThat(refusal(() -> value(PbxField.WORK_PHONE, json)).detail())
        .contains("phoneNumbers of type work");
  }

  @Test
  void joinsAnAddressOfParts() {
    String json =
        """
        { 'addresses': [ { 'type': 'other', 'formatted': 'Elsewhere' },
          { 'type': 'work', 'streetAddress': 'Am Ring 1', 'locality': 'Berlin',
            'postalCode': '10115', 'country': 'DE' } ] }
        """;

    assertThat(value(PbxField.ADDRESS, json)).contains("Am Ring 1, 10115 Berlin, DE");
  }

  @Test
  void aUserWithoutActiveIsEnabled() {
    assertThat(value(PbxField.ENABLED, "{}")).contains("true");
    assertThat(value(PbxField.ENABLED, "{ 'active': false }")).contains("false");
  }

  @Test
  void cutsALongDisplayNameBetweenCharacters() {
    assertThat(value(PbxField.DISPLAY_NAME, "{ 'displayName': '" + "x".repeat(19) + "😀' }"))
        .contains("x".repeat(19));
    assertThat(value(PbxField.DISPLAY_NAME, "{ 'displayName': '" + "x".repeat(18) + "😀y' }"))
        .contains("x".repeat(18) + "😀");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "department | { \"ENT\": { \"department\": \"Sales and Support\" } }",
        "addresses | { \"addresses\": [ { \"formatted\":"
            + " \"0123456789012345678901234567890123456789x\" } ] }",
        "emails | { \"emails\": [ { \"value\": \"0123456789012345678901234567890@x\" } ] }",
        "phoneNumbers | { \"phoneNumbers\": [ { \"type\": \"work\", \"value\": \"0123456789012\" }"
            + " ] }",
      })
  void refusesWhatIsTooLongNamingTheAttribute(String attribute, String json) {
    var refusal = refusal(() -> value(PbxField.EMAIL, json));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal.detail()).contains(attribute).contains("longer than");
  }

  @Test
  void cutsAnAddressAndADepartmentWhenToldButNoNumberAndNoMailAddress() {
    String yaml = "truncate: true";

    assertThat(value(PbxField.DEPARTMENT, yaml, "{ 'ENT': { 'department': 'Customer Care' } }"))
        .contains("Customer C");
    assertThat(value(PbxField.DEPARTMENT, yaml, "{ 'ENT': { 'department': '123456789 Care' } }"))
        .contains("123456789");
    assertThat(
            refusal(
                () ->
                    value(
                        PbxField.WORK_PHONE,
                        yaml,
                        "{ 'phoneNumbers': [ { 'type': 'work', 'value': '0123456789012' } ] }")))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna", "1b3c5d7e", "a b@corp.com", "a@b@c"})
  void refusesWhatCannotBeAMicrosoftId(String id) {
    var user = resource("{ 'PBX': { 'ms365': { 'id': '" + id + "' } } }");

    assertThat(refusal(() -> mapping("").microsoftId(user)).kind())
        .isEqualTo(Refusal.Kind.INVALID_VALUE);
  }

  @Test
  void takesTheMicrosoftIdFromWhereItIsTold() {
    var user =
        resource(
            "{ 'userName': 'Anna@corp.com', 'externalId': '"
                + OID.toUpperCase(Locale.ROOT)
                + "' }");

    assertThat(mapping("").microsoftId(user)).isEmpty();
    assertThat(mapping("ms365-source: externalId").microsoftId(user)).contains(OID);
    assertThat(mapping("ms365-source: userName").microsoftId(user)).contains("anna@corp.com");
  }

  @Test
  void anExternalIdOrUserNameOfAnotherFormBindsNothing() {
    var user = resource("{ 'userName': 'anna', 'externalId': 'anna@corp.com' }");

    assertThat(mapping("ms365-source: externalId").microsoftId(user)).isEmpty();
    assertThat(mapping("ms365-source: userName").microsoftId(user)).isEmpty();
  }

  @Test
  void putsBackWhatThePbxDidNotTake() {
    var base =
        resource(
            """
            { 'userName': 'a@corp.com', 'displayName': 'Old', 'active': true,
              'ENT': { 'department': 'Old' }, 'roles': [ { 'value': 'Old' } ] }
            """);
    var wish =
        resource(
            """
            { 'userName': 'b@corp.com', 'displayName': 'New', 'title': 'New',
              'emails': [ { 'value': 'new@corp.com' } ], 'roles': [ { 'value': 'New' } ],
              'PBX': { 'ms365': { 'id': 'new@corp.com' } } }
            """);

    var kept =
        mapping("")
            .putBack(
                base,
                wish,
                Set.of(
                    PbxField.DISPLAY_NAME,
                    PbxField.DEPARTMENT,
                    PbxField.MICROSOFT365,
                    PbxField.ENABLED));

    assertThat(kept)
        .isEqualTo(
            resource(
                """
                { 'userName': 'b@corp.com', 'displayName': 'Old', 'title': 'New', 'active': true,
                  'emails': [ { 'value': 'new@corp.com' } ], 'roles': [ { 'value': 'New' } ],
                  'ENT': { 'department': 'Old' } }
                """));
    assertThat(wish.get("displayName").asText()).isEqualTo("New");
  }

  @Test
  void putsTheUserNameBackWhereItStandsInForARefusedValue() {
    var base = named("a@corp.com");
    var wish = named("b@corp.com");

    assertThat(mapping("").putBack(base, wish, Set.of(PbxField.EMAIL))).isEqualTo(base);
    assertThat(mapping("").putBack(base, wish, Set.of(PbxField.WORK_PHONE))).isEqualTo(wish);
  }
}
