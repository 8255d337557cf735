package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.integer;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;

/**
 * The settings of a phone account that phone systems have in common. What nobody gives a value is
 * the user's own.
 */
final class ProfileAttributes {
  private ProfileAttributes() {}

  static List<Attribute> all() {
    return List.of(
        bool("recordAudio", "Whether calls are recorded."),
        bool("recordVideo", "Whether video calls are recorded."),
        bool("doNotDisturb", "Whether the phone rings for nobody."),
        bool("automaticCallback", "Whether busy numbers are called back."),
        bool("hotDesking", "Whether the person may sign in at other people's phones."),
        voicemail(),
        callerIds(),
        string("officeHoursMode", "GLOBAL for the company's hours, CUSTOM for those given here.")
            .canonical("GLOBAL", "CUSTOM"),
        officeHours(),
        forwarding());
  }

  private static Attribute voicemail() {
    return complex(
        "voicemail",
        "How voice messages are announced, kept and told of.",
        bool("pinRequired", "Whether listening asks for the PIN."),
        bool("notifyByEmail", "Whether each message is told of by e-mail."),
        bool("attachAudio", "Whether the e-mail has the message with it."),
        bool("deleteAfterEmail", "Whether the message is deleted once it was sent."),
        string("promptLanguage", "Language of the announcements, such as 'en-US'."),
        string("announceDateTime", "Whether date and time are announced, and by which clock.")
            .canonical("DISABLE", "12_HOUR_CLOCK", "24_HOUR_CLOCK"));
  }

  private static Attribute callerIds() {
    return complex(
            "outboundCallerIds",
            "Numbers that may be shown to those who are called.",
            string("provider", "Identifier of the trunk the number belongs to.").caseExact(),
            string("value", "The number."),
            bool("preferred", "Whether it is shown where nothing else is chosen."),
            string("description", "What it is for."))
        .multiValued();
  }

  private static Attribute officeHours() {
    return complex(
            "officeHours",
            "The person's own office hours; a day without any is off.",
            string("day", "Day of the week.")
                .canonical(
                    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            string("from", "Beginning, such as '09:00'."),
            string("to", "End, such as '17:00'."))
        .multiValued();
  }

  private static Attribute forwarding() {
    return complex(
            "forwarding",
            "Where calls go, by the person's presence and the office hours.",
            string("type", "When the rule holds, such as 'busy.office' or 'available.noAnswer'."),
            string("action", "What becomes of the call.")
                .canonical("FORWARD_TO_NUMBER", "FORWARD_TO_VOICEMAIL", "HANGUP", "RING_ANYWAY"),
            string("number", "Where it goes with FORWARD_TO_NUMBER."),
            integer("timeout", "Seconds until nobody has answered; of 'noAnswer' alone."))
        .multiValued();
  }
}
