package dev.patchbay.provisioning;

import dev.patchbay.config.Section;
import java.util.Optional;
import java.util.Set;

/**
 * How SCIM values become PBX values.
 *
 * @param emailFallback the e-mail address of users without one, on the PBX only; empty refuses them
 * @param truncate whether an address or department that is too long is cut instead of refused
 * @param stripPhonePunctuation whether blanks and {@code ( ) - . /} are taken out of phone numbers
 * @param ms365Source where the Microsoft 365 user to bind is named
 * @param custom what fills the fields that a vendor leaves to its customers
 */
public record AttributeSettings(
    Optional<Template> emailFallback,
    boolean truncate,
    boolean stripPhonePunctuation,
    Ms365Source ms365Source,
    CustomFields custom) {

  static final Set<String> PLACEHOLDERS = Set.of("pbxUserName", "userName", "extension");

  /** Where the Microsoft 365 user to bind is named. */
  public enum Ms365Source {
    /** In our extension's {@code ms365.id}: object id or principal name. */
    ATTRIBUTE,
    /** In {@code externalId}, when that is a GUID; only for directories fed by Entra. */
    EXTERNAL_ID,
    /** In {@code userName}, when that is a principal name. */
    USER_NAME
  }

  static AttributeSettings from(Section section) {
    String template = "text with placeholders of " + PLACEHOLDERS.stream().sorted().toList();
    return new AttributeSettings(
        section.value("email-fallback", template, text -> Template.of(text, PLACEHOLDERS)),
        section.bool("truncate", false),
        section.bool("strip-phone-punctuation", false),
        section.choice("ms365-source", Ms365Source.ATTRIBUTE),
        section.section("custom").read(CustomFields::from).orElse(CustomFields.NONE));
  }
}
