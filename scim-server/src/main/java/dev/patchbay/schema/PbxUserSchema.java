package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.dateTime;
import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.Attribute.Returned;
import java.util.ArrayList;
import java.util.List;

/** What a phone system adds to a user. The URN is not registered with IANA. */
final class PbxUserSchema {
  static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  private PbxUserSchema() {}

  static Schema with(PhoneAccount account) {
    var whole = new ArrayList<>(account(account.extensionNumber()));
    whole.addAll(ProfileAttributes.all());
    whole.addAll(PhoneAttributes.all());
    whole.add(grants());
    whole.add(provisioning());
    whole.add(ownProvisioning());
    whole.add(targets());
    return account.served(new Schema(URN, "PbxUser", "Phone account of a user", whole));
  }

  /**
   * @param extensionNumber whether the phone system can change a person's number: {@code IMMUTABLE}
   *     on PortSIP, {@code READ_WRITE} or {@code READ_ONLY} on others
   */
  private static List<Attribute> account(Mutability extensionNumber) {
    return List.of(
        string("extensionNumber", "Internal phone number: 3 to 64 digits; else allocated.")
            .caseExact()
            .mutability(extensionNumber)
            .unique(),
        string("extensionPool", "Pool to take the number from.")
            .immutable()
            .returned(Returned.REQUEST),
        string("extensionPassword", "SIP password; generated if absent.").caseExact().writeOnly(),
        string("voicemailPin", "6 to 10 digits; generated if absent.").caseExact().writeOnly(),
        string("pbxUserName", "Name of the account on the phone system.").readOnly().unique(),
        string("pbxId", "Identifier of the account on the phone system.")
            .caseExact()
            .readOnly()
            .unique()
            .returned(Returned.REQUEST),
        microsoft365(),
        string("ms365Id", "The same as ms365.id, for senders that have no complex attributes.")
            .unique());
  }

  private static Attribute microsoft365() {
    return complex(
        "ms365",
        "Binding to a Microsoft 365 user; remove it to unbind.",
        string("id", "Object id or principal name of the Microsoft 365 user.").unique(),
        bool("bound", "Whether the phone system has confirmed the binding.").readOnly(),
        dateTime("boundAt", "When it was confirmed.").readOnly(),
        string("lastError", "Why it could not be bound.").readOnly());
  }

  private static Attribute grants() {
    return complex(
            "grants",
            "What groups give the user.",
            string("value", "Identifier of the group.").caseExact(),
            string("kind", "Kind of the group."),
            string("target", "What it gives, such as a role.").caseExact())
        .multiValued()
        .readOnly();
  }

  /** How far the phone system is with what was asked for; the same for users and groups. */
  static Attribute provisioning() {
    return complex(
            "provisioning",
            "Whether the phone system has what was asked for.",
            string("state", "State of the work.")
                .canonical("synced", "pending", "blocked", "orphaned"),
            dateTime("lastSync", "When both last agreed."),
            string("lastError", "Why they do not agree."))
        .readOnly();
  }

  /** Only while {@code provisioning} says what {@code targets} add to it. */
  static Attribute ownProvisioning() {
    return complex(
            "ownProvisioning",
            "Whether the tenant's own phone system has what was asked for, if further ones do not.",
            string("state", "State of the work.")
                .canonical("synced", "pending", "blocked", "orphaned"),
            string("lastError", "Why they do not agree."))
        .readOnly();
  }

  /** Apart from {@code provisioning}: no complex attribute is in another one (RFC 7643 §2.3.8). */
  static Attribute targets() {
    return complex(
            "targets",
            "Further phone systems of the tenant, and whether they have what was asked for.",
            string("value", "Name of the phone system in the settings.").caseExact(),
            string("state", "State of the work.")
                .canonical("synced", "pending", "blocked", "orphaned"),
            string("lastError", "Why they do not agree."))
        .multiValued()
        .readOnly();
  }
}
