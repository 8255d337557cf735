package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxField;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the text of a PBX field that settings may fill has to look like. */
enum FieldForm {
  TEXT("text"),
  SWITCH("true or false"),
  NUMBER("a number"),
  DAY("a day as in 2025-03-01");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?");

  private final String words;

  FieldForm(String words) {
    this.words = words;
  }

  /** What a message says was expected. */
  String words() {
    return words;
  }

  /** Empty for a field that is a list or a word of the vendor's, or has settings of its own. */
  static Optional<FieldForm> of(PbxField field) {
    return switch (field) {
      case DISPLAY_NAME,
          GIVEN_NAME,
          FAMILY_NAME,
          EMAIL,
          WORK_PHONE,
          MOBILE_PHONE,
          HOME_PHONE,
          ADDRESS,
          DEPARTMENT,
          COMPANY,
          VOICEMAIL_LANGUAGE,
          TIME_ZONE,
          VACATION_NUMBER,
          OWNED_PHONE,
          PHONE_HOST,
          IP_ADDRESS ->
          Optional.of(TEXT);
      case RECORD_AUDIO,
          RECORD_VIDEO,
          DO_NOT_DISTURB,
          AUTOMATIC_CALLBACK,
          HOT_DESKING,
          VOICEMAIL_PIN_REQUIRED,
          VOICEMAIL_NOTIFY,
          VOICEMAIL_ATTACH,
          VOICEMAIL_DELETE,
          ANONYMOUS_OUTBOUND,
          DELIVER_CALLER_ID,
          CAN_FORWARD,
          XMPP_ADD,
          XMPP_AUTH,
          EMAIL_RECORDINGS,
          DELETE_RECORDINGS,
          STORE_RECORDINGS,
          LINKABLE,
          LICENSED ->
          Optional.of(SWITCH);
      default -> custom(field);
    };
  }

  private static Optional<FieldForm> custom(PbxField field) {
    String name = field.name();
    if (name.startsWith("CUSTOM_TEXT_")) {
      return Optional.of(TEXT);
    }
    if (name.startsWith("CUSTOM_NUMBER_")) {
      return Optional.of(NUMBER);
    }
    return name.startsWith("CUSTOM_DATE_") ? Optional.of(DAY) : Optional.empty();
  }

  /** The text as the field takes it; empty where it has not the form. */
  Optional<String> formed(String text) {
    return switch (this) {
      case TEXT -> Optional.of(text);
      case SWITCH ->
          Optional.of(text.toLowerCase(Locale.ROOT))
              .filter(it -> it.equals("true") || it.equals("false"));
      case NUMBER -> Optional.of(text).filter(DECIMAL.asMatchPredicate());
      case DAY -> day(text);
    };
  }

  private static Optional<String> day(String text) {
    if (!DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text.substring(0, 10)).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
