package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Returned;
import java.util.List;

/** What of a user's account is a thing of its own on the phone system: phones and speed dials. */
final class PhoneAttributes {
  private PhoneAttributes() {}

  static List<Attribute> all() {
    return List.of(
        phones(),
        speedDials(),
        joined("callQueues", "Call queues that ring the user."),
        joined("ringGroups", "Ring groups that ring the user."),
        status());
  }

  private static Attribute joined(String name, String description) {
    return complex(
            name,
            description + " Made so by groups of the same kind.",
            string("value", "Identifier on the phone system.").caseExact(),
            string("display", "Name of the group."),
            string("extension", "Number, where the group names it.").caseExact())
        .multiValued()
        .readOnly()
        .returned(Returned.REQUEST);
  }

  private static Attribute phones() {
    return complex(
            "phones",
            "Desk phones of the user, set up by the phone system.",
            string("mac", "MAC address: 12 hexadecimal digits, with or without separators.")
                .required(),
            string("vendor", "Maker of the phone, as the phone system names it.")
                .caseExact()
                .required(),
            string("model", "Model of the phone, as the phone system names it.")
                .caseExact()
                .required(),
            string("template", "File name of the phone system's template for it.")
                .caseExact()
                .required(),
            string("timezone", "Time zone, as the template names it.").caseExact().required(),
            string("language", "Language of its display."),
            string("codecs", "Codecs, the preferred one first, with blanks between.").caseExact(),
            string("transport", "How it registers.").canonical("UDP", "TCP", "TLS"),
            string("interface", "Which of the phone system's addresses it registers at.")
                .canonical(
                    "WEB_DOMAIN",
                    "PUBLIC_IPV4",
                    "PUBLIC_IPV6",
                    "PRIVATE_IPV4",
                    "PRIVATE_IPV6",
                    "SBC_DOMAIN"),
            bool("rps", "Whether its maker's redirection service is told."),
            string("serialNumber", "Serial number of the phone.").caseExact(),
            string("id", "Identifier of the phone on the phone system.").caseExact().readOnly())
        .multiValued()
        .returned(Returned.REQUEST);
  }

  private static Attribute status() {
    return complex(
            "status",
            "How the user's phones are at this moment, asked of the phone system.",
            bool("registered", "Whether any of them is signed in."),
            string("presence", "What the user says of himself, in the phone system's words.")
                .caseExact())
        .readOnly()
        .returned(Returned.REQUEST);
  }

  private static Attribute speedDials() {
    return complex(
            "speedDials",
            "Keys that dial a number.",
            string("list", "Which of the two lists.").canonical("8", "100").required(),
            string("code", "2 to 9 in list 8, 00 to 99 in list 100.").caseExact().required(),
            string("number", "Number that is dialled.").caseExact().required(),
            string("description", "Whose number it is.").caseExact())
        .multiValued()
        .returned(Returned.REQUEST);
  }
}
