package dev.patchbay.pbx.portsip;

import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Settings of a user, as the vendor's pages show them in {@code wire/portsip}. */
record PortSipSamples(Map<PbxField, String> settings) {
  private static final String VOICEMAIL = "{\"action\":\"FORWARD_TO_VOICEMAIL\"}";
  private static final String HANGUP = "{\"action\":\"HANGUP\"}";
  private static final String RING = "{\"action\":\"RING_ANYWAY\"}";

  static final PortSipSamples ALL =
      new PortSipSamples(
          Map.ofEntries(
              Map.entry(PbxField.RECORD_AUDIO, "true"),
              Map.entry(PbxField.RECORD_VIDEO, "false"),
              Map.entry(PbxField.DO_NOT_DISTURB, "false"),
              Map.entry(PbxField.AUTOMATIC_CALLBACK, "true"),
              Map.entry(PbxField.HOT_DESKING, "true"),
              Map.entry(PbxField.ANONYMOUS_OUTBOUND, "false"),
              Map.entry(PbxField.DELIVER_CALLER_ID, "true"),
              Map.entry(PbxField.SMS, "ALLOW_WITH_SENDER_ID"),
              Map.entry(
                  PbxField.OUTBOUND_CALLER_IDS,
                  "[{\"provider\":\"NjU\",\"value\":\"+4681234\",\"preferred\":true,"
                      + "\"description\":\"Switchboard\"}]"),
              Map.entry(PbxField.CUSTOM_OPTIONS, "{\"theme\":\"dark\"}"),
              Map.entry(
                  PbxField.OFFICE_HOURS,
                  "{\"mode\":\"CUSTOM\",\"monday\":[\"09:00-17:00\"],"
                      + "\"friday\":[\"09:00-12:00\",\"13:00-15:00\"]}"),
              Map.entry(PbxField.FORWARD_AVAILABLE_OFFICE, RING),
              Map.entry(
                  PbxField.FORWARD_AVAILABLE_NON_OFFICE,
                  "{\"action\":\"FORWARD_TO_NUMBER\",\"number\":\"0101\"}"),
              Map.entry(
                  PbxField.FORWARD_AVAILABLE_NO_ANSWER,
                  "{\"action\":\"FORWARD_TO_NUMBER\",\"number\":\"0101\",\"timeout\":20}"),
              Map.entry(PbxField.FORWARD_BUSY_OFFICE, RING),
              Map.entry(PbxField.FORWARD_BUSY_NON_OFFICE, HANGUP),
              Map.entry(
                  PbxField.FORWARD_BUSY_NO_ANSWER,
                  "{\"action\":\"FORWARD_TO_VOICEMAIL\",\"timeout\":60}"),
              Map.entry(PbxField.FORWARD_DND_OFFICE, VOICEMAIL),
              Map.entry(PbxField.FORWARD_DND_NON_OFFICE, HANGUP),
              Map.entry(PbxField.FORWARD_AWAY_OFFICE, VOICEMAIL),
              Map.entry(PbxField.FORWARD_AWAY_NON_OFFICE, HANGUP),
              Map.entry(PbxField.FORWARD_LUNCH_OFFICE, VOICEMAIL),
              Map.entry(PbxField.FORWARD_LUNCH_NON_OFFICE, HANGUP),
              Map.entry(PbxField.FORWARD_TRIP_OFFICE, VOICEMAIL),
              Map.entry(PbxField.FORWARD_TRIP_NON_OFFICE, HANGUP),
              Map.entry(PbxField.FORWARD_OFFLINE_OFFICE, VOICEMAIL),
              Map.entry(PbxField.FORWARD_OFFLINE_NON_OFFICE, HANGUP),
              Map.entry(PbxField.VOICEMAIL_LANGUAGE, "sv-SE"),
              Map.entry(PbxField.VOICEMAIL_PIN_REQUIRED, "true"),
              Map.entry(PbxField.VOICEMAIL_NOTIFY, "true"),
              Map.entry(PbxField.VOICEMAIL_TIME, "24_HOUR_CLOCK"),
              Map.entry(PbxField.SIP_INTERFACE, "SBC_DOMAIN"),
              Map.entry(PbxField.PREFERRED_TRANSPORT, "TLS"),
              Map.entry(
                  PbxField.BLFS,
                  "[{\"key\":\"1\",\"value\":\"0102\",\"firstName\":\"Grace\","
                      + "\"lastName\":\"Hopper\"}]")));

  /** One of each form, to be taken back. */
  static final PortSipSamples SOME =
      of(
          PbxField.DO_NOT_DISTURB,
          PbxField.DELIVER_CALLER_ID,
          PbxField.VOICEMAIL_LANGUAGE,
          PbxField.SMS,
          PbxField.OUTBOUND_CALLER_IDS,
          PbxField.BLFS,
          PbxField.OFFICE_HOURS,
          PbxField.FORWARD_BUSY_OFFICE,
          PbxField.CUSTOM_OPTIONS,
          PbxField.SIP_INTERFACE);

  /** What v22.6 has more of, and has more in. */
  static final PortSipSamples LATER =
      new PortSipSamples(
          Map.of(
              PbxField.TIME_ZONE,
              "Europe/Stockholm",
              PbxField.OUTBOUND_CALLER_IDS,
              ALL.setting(PbxField.OUTBOUND_CALLER_IDS)));

  private static PortSipSamples of(PbxField... fields) {
    var settings = new EnumMap<PbxField, String>(PbxField.class);
    for (PbxField field : fields) {
      settings.put(field, ALL.setting(field));
    }
    return new PortSipSamples(settings);
  }

  private String setting(PbxField field) {
    return Objects.requireNonNull(settings.get(field));
  }

  PbxUser on(PbxUser user) {
    PbxUser with = user;
    for (var setting : settings.entrySet()) {
      with = with.with(setting.getKey(), Optional.of(setting.getValue()));
    }
    return with;
  }

  UpdateUser set(PbxRef ref, PbxUser user) {
    return new UpdateUser(ref, on(user), settings.keySet(), Map.of());
  }

  UpdateUser cleared(PbxRef ref, PbxUser user) {
    return new UpdateUser(ref, user, settings.keySet(), Map.of());
  }
}
