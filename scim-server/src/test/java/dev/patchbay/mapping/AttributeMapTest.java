package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeMapTest {
  private static final String ADA =
      """
      { 'userName': 'ada@corp.com', 'title': 'Dr.', 'externalId': ' E-4711 ',
        'name': { 'givenName': 'Ada', 'familyName': 'King' }, 'nickName': '2025-03-01T23:59:00Z',
        'emails': [{ 'value': 'a@b' }, { 'value': 'c@d', 'primary': true }],
        'phoneNumbers': [{ 'type': 'fax', 'value': 'tel:+49 30 1' }, { 'type': 'work', 'value': '2' }],
        'addresses': [{ 'type': 'home', 'locality': 'Bonn' }, { 'type': 'work', 'locality': 'Ulm' }],
        'ENT': { 'costCenter': 'de-7' } }
      """;

  private static AttributeMap map(String yaml) {
    return AttributeMap.from(Section.of(yaml), KnownPbx.unopened(TestMapping.ROLES));
  }

  private static Optional<String> department(String settings) {
    return map("attributes: { department: { %s } }".formatted(settings))
        .value(PbxField.DEPARTMENT, new ScimUser(resource(ADA)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from: title | Dr.",
        "from: externalId | E-4711",
        "from: name.familyName | King",
        "from: [locale, title] | Dr.",
        "from: emails | c@d",
        "from: 'phoneNumbers[type eq \"fax\"].value' | +49 30 1",
        "from: 'phoneNumbers[type eq \"fax\"]' | +49 30 1",
        "from: 'addresses[type eq \"home\"].locality' | Bonn",
        "from: addresses.locality | Ulm",
        "from: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter' | de-7",
        "text: '{name.familyName}, {title} {name.givenName}' | King, Dr. Ada",
        "text: '{profileUrl} {title}' | Dr.",
        "from: name.familyName, lower-case: true | king",
        "from: name.familyName, cut: 2 | Ki",
        "from: title, replace: '[^A-Z]', with: '' | D",
        "from: userName, replace: '(.*)@(.*)', with: '$2:$1' | corp.com:ada",
        "from: userName, replace: '@.*', with: '\\n' | ada\\n",
        "from: title, table: { dr.: Doctors, '*': Others } | Doctors",
        "from: userName, table: { dr.: Doctors, '*': Others } | Others",
        "from: userName, table: { dr.: Doctors } | ada@corp.com",
        "from: profileUrl, default: Staff | Staff",
        "from: title, replace: '.*', with: '', default: Staff | Staff",
        "from: title, replace: D, with: 'LONG', lower-case: true, table: { longr.: Table }, cut: 3"
            + " | Tab",
      })
  void makesAValue(String settings, String value) {
    assertThat(department(settings)).contains(value);
  }

  @Test
  void withoutAnyPartThereIsNoText() {
    assertThat(department("text: 'Dept. {profileUrl} {locale}'")).isEmpty();
  }

  @Test
  void aFieldOfNothingHasNoValue() {
    var map = map("attributes: { department: { from: none } }");

    assertThat(map.value(PbxField.DEPARTMENT, new ScimUser(resource(ADA)))).isEmpty();
    assertThat(map.of(PbxField.DEPARTMENT)).isPresent();
  }

  @Test
  void customFieldsHaveTheirForm() {
    var map =
        map("custom: { text-1: title, number-1: externalId, date-1: nickName, date-2: title }");
    var ada = new ScimUser(resource(ADA));

    assertThat(map.value(PbxField.CUSTOM_TEXT_1, ada)).contains("Dr.");
    assertThat(map.value(PbxField.CUSTOM_DATE_1, ada)).contains("2025-03-01");
    assertThat(map.value(PbxField.CUSTOM_TEXT_2, ada)).isEmpty();
    assertThat(refusal(() -> map.value(PbxField.CUSTOM_NUMBER_1, ada)))
        .hasMessage("externalId must be a number for the pbx")
        .extracting(Refusal::kind)
        .isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal(() -> map.value(PbxField.CUSTOM_DATE_2, ada)))
        .hasMessage("title must be a day as in 2025-03-01 for the pbx");
  }

  @Test
  void aSwitchIsTrueOrFalse() {
    var map = map("attributes: { record-audio: { from: title, table: { dr.: 'True' } } }");

    assertThat(map.value(PbxField.RECORD_AUDIO, new ScimUser(resource("{'title':'dr.'}"))))
        .contains("true");
    assertThat(
            refusal(
                () -> map.value(PbxField.RECORD_AUDIO, new ScimUser(resource("{'title':'x'}")))))
        .hasMessage("title must be true or false for the pbx");
  }

  @Test
  void anExpressionThatWouldBacktrackForeverDoesNot() {
    var map = map("attributes: { department: { from: title, replace: '(a+)+(a|aa)+$', with: x } }");
    var hostile = new ScimUser(resource("{'title':'" + "a".repeat(4000) + "!'}"));

    var value =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> map.value(PbxField.DEPARTMENT, hostile));

    assertThat(value).contains("a".repeat(4000) + "!");
  }
}
