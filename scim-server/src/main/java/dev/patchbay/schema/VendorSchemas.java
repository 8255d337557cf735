package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.integer;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;
import java.util.stream.Stream;

/** What only one family of phone systems knows of a user. The URNs are not registered with IANA. */
final class VendorSchemas {
  static final String PORTSIP = "urn:ietf:params:scim:schemas:extension:portsip:2.0:User";
  static final String IPCORTEX = "urn:ietf:params:scim:schemas:extension:ipcortex:2.0:User";

  static final String XELION = "urn:ietf:params:scim:schemas:extension:xelion:2.0:User";
  static final String CRMCOM = "urn:ietf:params:scim:schemas:extension:crmcom:2.0:User";

  private VendorSchemas() {}

  /** Those of which the phone system has an attribute. */
  static List<Schema> with(PhoneAccount account) {
    return Stream.of(
            new Schema(PORTSIP, "PortSipUser", "PortSIP account of a user", portSip()),
            new Schema(IPCORTEX, "IpCortexUser", "IPCortex account of a user", ipCortex()),
            new Schema(XELION, "XelionUser", "Xelion account of a user", xelion()),
            new Schema(CRMCOM, "CrmComUser", "CRM.COM account of a user", crmCom()))
        .map(account::served)
        .filter(schema -> !schema.attributes().isEmpty())
        .toList();
  }

  private static List<Attribute> portSip() {
    return List.of(
        string("sms", "Who may send text messages.")
            .canonical("DISABLE", "ALLOW", "ALLOW_WITH_SENDER_ID"),
        bool("anonymousOutbound", "Whether calls show no number."),
        bool("deliverOutboundCallerId", "Whether calls show the number of the person."),
        string("interface", "Network interface that phones register at.")
            .canonical(
                "WEB_DOMAIN",
                "PUBLIC_IPV4",
                "PUBLIC_IPV6",
                "PRIVATE_IPV4",
                "PRIVATE_IPV6",
                "SBC_DOMAIN"),
        string("preferredTransport", "Transport of the phones.").canonical("UDP", "TCP", "TLS"),
        complex(
                "blfs",
                "Lamps on the phone that show who is busy.",
                string("key", "What the key does."),
                string("value", "Whom it shows.").caseExact(),
                string("firstName", "First name shown."),
                string("lastName", "Last name shown."))
            .multiValued(),
        string("customOptions", "JSON in a string, for the phone system alone.").caseExact());
  }

  private static List<Attribute> xelion() {
    return List.of(
        bool("licensed", "Whether the account takes a licence."),
        string("phoneHost", "Machine that the person's phone runs on."),
        complex(
                "lines",
                "Phone lines the person is connected to.",
                string("value", "Identifier of the line on the phone system.")
                    .caseExact()
                    .required(),
                bool("incoming", "Whether its calls ring the person."),
                bool("outgoing", "Whether the person calls by it."),
                string("editable", "Which of both the person may switch.").caseExact(),
                integer("skill", "How well the person answers its calls."))
            .multiValued());
  }

  private static List<Attribute> crmCom() {
    return List.of(string("ipAddress", "Address that the person may sign in from."));
  }

  private static List<Attribute> ipCortex() {
    return List.of(
        bool("canForward", "Whether the person may forward calls."),
        bool("xmppAdd", "Whether the person may add chat contacts."),
        bool("xmppAuth", "Whether the person may allow chat contacts."),
        integer("webrtc", "-1 off, 0 as the PBX is set, 1 webrtc, 2 mobrtc, 3 both."),
        integer("teams", "-1 off, 0 as the PBX is set, 1 on."),
        bool("emailRecordings", "Whether recordings are sent by e-mail."),
        bool("deleteRecordings", "Whether they are deleted once sent."),
        bool("storeRecordings", "Whether they are kept as voice messages."),
        bool("linkable", "Whether other companies can call the person."),
        string("vacationNumber", "Where calls go while the person is away."),
        string("vacationMode", "Which calls go there.").canonical("off", "all", "myext", "owned"),
        string("ownedPhone", "The person's desk phone: MAC address and port, as the PBX has them.")
            .caseExact());
  }
}
