package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.binary;
import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.reference;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;

/**
 * The core user of RFC 7643 §4.1 and §8.7.1. Types such as {@code work} are not enumerated: values
 * outside the RFC's lists are taken, too.
 */
final class UserSchema {
  static final String URN = "urn:ietf:params:scim:schemas:core:2.0:User";

  static final Schema SCHEMA =
      new Schema(
          URN,
          "User",
          "User account",
          List.of(
              string("userName", "Unique name to sign in with; may be an e-mail address.")
                  .required()
                  .unique(),
              complex(
                  "name",
                  "The parts of the person's name.",
                  string("formatted", "Full name for display."),
                  string("familyName", "Family name."),
                  string("givenName", "Given name."),
                  string("middleName", "Middle name or names."),
                  string("honorificPrefix", "Title such as 'Ms.'."),
                  string("honorificSuffix", "Suffix such as 'III'.")),
              string("displayName", "Name shown to others."),
              string("nickName", "Casual name."),
              reference("profileUrl", "Address of an online profile.", "external"),
              string("title", "Job title."),
              string("userType", "Relation to the organization, such as 'Employee'."),
              string("preferredLanguage", "Language preference as in Accept-Language."),
              string("locale", "Locale such as 'en-US'."),
              string("timezone", "Time zone such as 'Europe/Berlin'."),
              bool("active", "Whether the person may use the account."),
              string("password", "Password in clear text; never returned.").caseExact().writeOnly(),
              plural("emails", "E-mail addresses.", string("value", "E-mail address.")),
              plural(
                  "phoneNumbers", "Phone numbers, kept as sent.", string("value", "Phone number.")),
              plural("ims", "Instant messaging addresses.", string("value", "Address.")),
              plural(
                  "photos",
                  "Pictures of the person.",
                  reference("value", "Address of the picture.", "external")),
              addresses(),
              groups(),
              plural("entitlements", "Things the person has.", string("value", "Entitlement.")),
              plural("roles", "Roles of the person.", string("value", "Role.")),
              plural(
                  "x509Certificates",
                  "Certificates of the person.",
                  binary("value", "DER certificate in base64."))));

  private UserSchema() {}

  /** Value, display, type and primary, as RFC 7643 §2.4 has them. */
  private static Attribute plural(String name, String description, Attribute value) {
    return complex(
            name,
            description,
            value,
            string("display", "Name for display."),
            string("type", "Label such as 'work'."),
            bool("primary", "Whether this is the preferred one; true at most once."))
        .multiValued();
  }

  private static Attribute addresses() {
    return complex(
            "addresses",
            "Postal addresses.",
            string("formatted", "Full address for display."),
            string("streetAddress", "Street, house number, box."),
            string("locality", "City."),
            string("region", "State or region."),
            string("postalCode", "Postal code."),
            string("country", "Country, ISO 3166-1 alpha-2."),
            string("type", "Label such as 'work'."),
            bool("primary", "Whether this is the preferred one; true at most once."))
        .multiValued();
  }

  private static Attribute groups() {
    return complex(
            "groups",
            "Groups the person belongs to; changed through the groups.",
            string("value", "Identifier of the group.").caseExact(),
            reference("$ref", "Address of the group.", "Group"),
            string("display", "Name of the group."),
            string("type", "How the person belongs to it.").canonical("direct", "indirect"))
        .multiValued()
        .readOnly();
  }
}
