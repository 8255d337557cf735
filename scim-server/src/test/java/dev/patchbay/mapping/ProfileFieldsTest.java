package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceTypes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFieldsTest {
  private static Optional<String> value(PbxField field, String pbx) {
    String json =
        pbx.replace("PORTSIP", ResourceTypes.PORTSIP_USER)
            .replace("IPCORTEX", ResourceTypes.IPCORTEX_USER);
    String text = json.matches("(?s)'(urn:|timezone|x').*") ? json : "'PBX': {" + json + "}";
    return ProfileFields.value(field, new ScimUser(resource("{" + text + "}")));
  }

  @Test
  void everyFieldThatYieldsComesFromAnAttribute() {
    var yielding = EnumSet.allOf(PbxField.class);
    yielding.removeIf(field -> !field.yields());

    assertThat(ProfileFields.all()).containsExactlyInAnyOrderElementsOf(yielding);
  }

  @Test
  void everyAttributeOfAFieldIsInTheSchema() {
    var whole = ResourceTypes.user(PhoneAccount.WHOLE);

    for (PbxField field : ProfileFields.all()) {
      for (var path : ProfileFields.sources(field)) {
        var node = path.size() == 1 ? path : path.subList(1, path.size());
        var schema = path.size() == 1 ? whole.core() : whole.extension(path.getFirst()).get();
        var attribute = schema.attribute(node.getFirst()).orElseThrow();
        assertThat(node.size() == 1 || attribute.sub(node.getLast()).isPresent()).isTrue();
      }
    }
  }

  @Test
  void whatThePbxDoesNotHoldIsNotServed() {
    var held = Set.of(PbxField.VOICEMAIL_NOTIFY, PbxField.FORWARD_BUSY_OFFICE, PbxField.SMS);

    var served = ResourceTypes.user(PhoneAccount.WHOLE.without(ProfileFields.absent(held)));

    var account = served.extension(ResourceTypes.PBX_USER).orElseThrow();
    assertThat(account.attribute("recordAudio")).isEmpty();
    assertThat(account.attribute("officeHoursMode")).isEmpty();
    assertThat(account.attribute("forwarding")).isPresent();
    assertThat(account.attribute("voicemail").orElseThrow().subAttributes())
        .extracting(it -> it.name())
        .containsExactly("notifyByEmail");
    assertThat(served.extension(ResourceTypes.PORTSIP_USER).orElseThrow().attributes())
        .extracting(it -> it.name())
        .containsExactly("sms");
    assertThat(served.extension(ResourceTypes.IPCORTEX_USER)).isEmpty();
    assertThat(served.core().attribute("timezone")).isPresent();
  }

  @Test
  void whatIsNotGivenHasNoValue() {
    assertThat(Arrays.stream(PbxField.values()).filter(it -> value(it, "'x': 1").isPresent()))
        .isEmpty();
    assertThat(value(PbxField.BLFS, "'PORTSIP': {'blfs': []}")).isEmpty();
    assertThat(value(PbxField.OUTBOUND_CALLER_IDS, "'outboundCallerIds': []")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          RECORD_AUDIO           | 'recordAudio': false                                   | false
          VOICEMAIL_PIN_REQUIRED | 'voicemail': {'pinRequired': true}                     | true
          VOICEMAIL_LANGUAGE     | 'voicemail': {'promptLanguage': 'de-DE'}               | de-DE
          VOICEMAIL_TIME         | 'voicemail': {'announceDateTime': '24_hour_clock'}     | 24_HOUR_CLOCK
          TIME_ZONE              | 'timezone': 'Europe/Berlin'                            | Europe/Berlin
          SMS                    | 'PORTSIP': {'sms': 'allow'}                            | ALLOW
          WEBRTC                 | 'IPCORTEX': {'webrtc': -1}                             | -1
          VACATION_MODE          | 'IPCORTEX': {'vacationMode': 'ALL'}                    | all
          OWNED_PHONE            | 'IPCORTEX': {'ownedPhone': '0c383e63fee81'}            | 0c383e63fee81
          CUSTOM_OPTIONS         | 'PORTSIP': {'customOptions': ' [1,  2] '}              | [1,2]
          """)
  void aSettingIsText(String field, String json, String text) {
    assertThat(value(PbxField.valueOf(field), json)).contains(text);
  }

  @Test
  void callerIdsAreInOneOrder() {
    assertThat(
            value(
                PbxField.OUTBOUND_CALLER_IDS,
                """
                'outboundCallerIds': [
                  {'provider': 'T2', 'value': '+49301', 'preferred': true, 'description': ' Main '},
                  {'provider': 'T1', 'value': '+49302'} ]
                """))
        .contains(
            "[{\"provider\":\"T1\",\"value\":\"+49302\",\"preferred\":false},"
                + "{\"provider\":\"T2\",\"value\":\"+49301\",\"preferred\":true,"
                + "\"description\":\"Main\"}]");
  }

  @Test
  void hoursWithoutAModeAreThePersonsOwnAndThoseOfTheCompanyNeedNone() {
    String hours =
        "'officeHours': [{'day': 'Tuesday', 'from': '13:00', 'to': '17:00'},"
            + " {'day': 'tuesday', 'from': '08:00', 'to': '12:00'},"
            + " {'day': 'monday', 'from': '08:00', 'to': '12:00'}]";

    assertThat(value(PbxField.OFFICE_HOURS, hours))
        .contains(
            "{\"mode\":\"CUSTOM\",\"monday\":[\"08:00-12:00\"],"
                + "\"tuesday\":[\"08:00-12:00\",\"13:00-17:00\"]}");
    assertThat(value(PbxField.OFFICE_HOURS, "'officeHoursMode': 'global'," + hours))
        .contains("{\"mode\":\"GLOBAL\"}");
    assertThat(value(PbxField.OFFICE_HOURS, "'officeHoursMode': 'CUSTOM'"))
        .contains("{\"mode\":\"CUSTOM\"}");
  }

  @Test
  void eachRuleIsAFieldOfItsOwn() {
    String rules =
        "'forwarding': [{'type': 'available.NOANSWER', 'action': 'forward_to_number',"
            + " 'number': '0100', 'timeout': 20},"
            + " {'type': 'busy.nonOffice', 'action': 'HANGUP', 'number': 'unused'}]";

    assertThat(value(PbxField.FORWARD_AVAILABLE_NO_ANSWER, rules))
        .contains("{\"action\":\"FORWARD_TO_NUMBER\",\"number\":\"0100\",\"timeout\":20}");
    assertThat(value(PbxField.FORWARD_BUSY_NON_OFFICE, rules)).contains("{\"action\":\"HANGUP\"}");
    assertThat(value(PbxField.FORWARD_BUSY_OFFICE, rules)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          VOICEMAIL_LANGUAGE  | 'voicemail': {'promptLanguage': 'en_US'}               | voicemail.promptLanguage must be a language
          VOICEMAIL_TIME      | 'voicemail': {'announceDateTime': 'yes'}               | voicemail.announceDateTime must be one of DISABLE
          OUTBOUND_CALLER_IDS | 'outboundCallerIds': [{'value': '1'}]                  | outboundCallerIds.provider must be given
          OUTBOUND_CALLER_IDS | 'outboundCallerIds': [{'provider': '1', 'value': '1'},{'provider': '1', 'value': '1'}] | outboundCallerIds must be each number
          OFFICE_HOURS        | 'officeHoursMode': 'mine'                              | officeHoursMode must be GLOBAL or CUSTOM
          OFFICE_HOURS        | 'officeHours': [{'day': 'Mo', 'from': '09:00', 'to': '10:00'}] | officeHours.day must be one of monday
          OFFICE_HOURS        | 'officeHours': [{'day': 'monday', 'from': '9:00', 'to': '10:00'}] | officeHours.from must be a time
          OFFICE_HOURS        | 'officeHours': [{'day': 'monday', 'from': '10:00', 'to': '09:00'}] | officeHours.to must be later
          FORWARD_BUSY_OFFICE | 'forwarding': [{'type': 'busy', 'action': 'HANGUP'}]   | forwarding.type must be one of
          FORWARD_BUSY_OFFICE | 'forwarding': [{'type': 'busy.office', 'action': 'X'}] | forwarding.action must be one of
          FORWARD_DND_OFFICE  | 'forwarding': [{'type': 'dnd.office', 'action': 'RING_ANYWAY'}] | forwarding.action must be one of
          FORWARD_BUSY_OFFICE | 'forwarding': [{'type': 'busy.office', 'action': 'FORWARD_TO_NUMBER'}] | forwarding.number must be given
          FORWARD_BUSY_OFFICE | 'forwarding': [{'type': 'busy.office', 'action': 'HANGUP', 'timeout': 5}] | forwarding.timeout must be absent
          FORWARD_BUSY_OFFICE | 'forwarding': [{'type': 'busy.office', 'action': 'HANGUP'},{'type': 'busy.office', 'action': 'HANGUP'}] | forwarding must be one rule of each type
          CUSTOM_OPTIONS      | 'PORTSIP': {'customOptions': '{'}                      | customOptions must be JSON
          """)
  void aValueOfAnotherFormIsRefusedByName(String field, String json, String detail) {
    assertThat(refusal(() -> value(PbxField.valueOf(field), json)).detail()).startsWith(detail);
  }
}
