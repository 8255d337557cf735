package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.ConfigException;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomFieldsTest {
  private static final KnownPbx ANY = KnownPbx.unopened(TestMapping.ROLES);
  private static final CustomFields FIELDS =
      CustomFields.from(
          Section.of(
              """
              text-1: externalId
              text-2: name.middleName
              text-3: urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter
              text-4: emails
              number-1: title
              date-1: nickName
              """),
          ANY);

  private static ScimUser user(String json) throws IOException {
    return new ScimUser((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
  }

  @Test
  void anyAttributeFillsAText() throws IOException {
    ScimUser user =
        user(
            """
            {'externalId': ' E-4711 ', 'name': {'middleName': 'King'}, 'emails': [{'value': 'a@b'}, {'value': 'c@d', 'primary': true}],
             'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'costCenter': '7'}}
            """);

    assertThat(FIELDS.value(PbxField.CUSTOM_TEXT_1, user)).contains("E-4711");
    assertThat(FIELDS.value(PbxField.CUSTOM_TEXT_2, user)).contains("King");
    assertThat(FIELDS.value(PbxField.CUSTOM_TEXT_3, user)).contains("7");
    assertThat(FIELDS.value(PbxField.CUSTOM_TEXT_4, user)).contains("c@d");
    assertThat(FIELDS.value(PbxField.CUSTOM_TEXT_5, user)).isEmpty();
  }

  @Test
  void numbersAndDaysHaveTheirForm() throws IOException {
    ScimUser user = user("{'title': '-0.50', 'nickName': '2025-03-01T23:59:00Z'}");

    assertThat(FIELDS.value(PbxField.CUSTOM_NUMBER_1, user)).contains("-0.50");
    assertThat(FIELDS.value(PbxField.CUSTOM_DATE_1, user)).contains("2025-03-01");
  }

  @Test
  void whatHasNotTheFormIsRefusedByName() throws IOException {
    ScimUser user = user("{'title': 'CTO', 'nickName': '2025-02-30'}");

    assertThatThrownBy(() -> FIELDS.value(PbxField.CUSTOM_NUMBER_1, user))
        .isInstanceOf(Refusal.class)
        .hasMessage("title must be a number for the pbx");
    assertThatThrownBy(() -> FIELDS.value(PbxField.CUSTOM_DATE_1, user))
        .isInstanceOf(Refusal.class)
        .hasMessage("nickName must be a day as in 2025-03-01 for the pbx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text-9: title", "text-1: password", "text-1: shoeSize", "number-5: title"})
  void anImpossibleMapStopsTheStart(String setting) {
    assertThatThrownBy(() -> CustomFields.from(Section.of(setting), ANY))
        .isInstanceOf(ConfigException.class);
  }
}
