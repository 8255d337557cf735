package dev.patchbay.pbx;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import java.util.Optional;
import java.util.Set;

/** Two values for every setting of a user, neither of which is what a new user has. */
enum Samples {
  FIRST(0),
  SECOND(1);

  private final int digit;

  Samples(int digit) {
    this.digit = digit;
  }

  PbxUser of(PbxUser user, Set<PbxField> fields) {
    PbxUser with = user;
    for (PbxField field : fields) {
      with = with.with(field, Optional.of(value(field)));
    }
    return with;
  }

  private String value(PbxField field) {
    boolean first = this == FIRST;
    return switch (field) {
      // What a vendor has switched on by itself is switched off last.
      case VOICEMAIL_PIN_REQUIRED, DELIVER_CALLER_ID, HOT_DESKING, LICENSED ->
          String.valueOf(first);
      case VOICEMAIL_LANGUAGE -> first ? "de-DE" : "sv-SE";
      case VOICEMAIL_TIME -> first ? "12_HOUR_CLOCK" : "24_HOUR_CLOCK";
      case LOCALE -> first ? "de-DE" : "sv-SE";
      case TIME_ZONE -> first ? "Europe/Berlin" : "Europe/Stockholm";
      case OUTBOUND_CALLER_IDS ->
          "[{\"provider\":\"T1\",\"value\":\"+4930" + digit + "\",\"preferred\":true}]";
      case OFFICE_HOURS -> "{\"mode\":\"CUSTOM\",\"monday\":[\"0" + (8 + digit) + ":00-17:00\"]}";
      case FORWARD_AVAILABLE_NO_ANSWER, FORWARD_BUSY_NO_ANSWER ->
          "{\"action\":\"FORWARD_TO_NUMBER\",\"number\":\"0101\",\"timeout\":2" + digit + "}";
      case SMS -> first ? "ALLOW" : "ALLOW_WITH_SENDER_ID";
      case SIP_INTERFACE -> first ? "WEB_DOMAIN" : "PUBLIC_IPV4";
      case PREFERRED_TRANSPORT -> first ? "TLS" : "TCP";
      case BLFS -> "[{\"key\":\"1\",\"value\":\"010" + digit + "\",\"firstName\":\"Grace\"}]";
      case CUSTOM_OPTIONS -> "{\"option\":" + digit + "}";
      case WEBRTC -> first ? "1" : "2";
      case TEAMS -> first ? "-1" : "1";
      case VACATION_NUMBER -> "010" + digit;
      case PHONE_HOST -> "host-" + digit;
      case IP_ADDRESS -> "192.0.2." + digit;
      case OWNED_PHONE -> "0c383e63fe8" + digit + "1";
      case VACATION_MODE -> first ? "all" : "owned";
      default ->
          field.name().startsWith("FORWARD_")
              ? "{\"action\":\"" + (first ? "HANGUP" : "FORWARD_TO_VOICEMAIL") + "\"}"
              : String.valueOf(!first);
    };
  }
}
