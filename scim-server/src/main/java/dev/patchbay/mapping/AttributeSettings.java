package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How SCIM values become PBX values.
 *
 * @param emailFallback the e-mail address of users without one, on the PBX only; empty refuses them
 * @param truncate whether an address or department that is too long is cut instead of refused
 * @param stripPhonePunctuation whether blanks and {@code ( ) - . /} are taken out of phone numbers
 * @param ms365Source where the Microsoft 365 user to bind is named
 * @param ms365WhileDisabled whether a user who is disabled stays bound
 * @param map what fills fields in a way of the tenant's own
 */
public record AttributeSettings(
    Optional<Template> emailFallback,
    boolean truncate,
    boolean stripPhonePunctuation,
    Ms365Source ms365Source,
    WhileDisabled ms365WhileDisabled,
    AttributeMap map) {

  static final Set<String> PLACEHOLDERS = Set.of("pbxUserName", "userName", "extension");

  private static final String FALLBACK =
      "an e-mail address with placeholders of " + PLACEHOLDERS.stream().sorted().toList();

  /** Where the Microsoft 365 user to bind is named. */
  public enum Ms365Source {
    /** In our extension's {@code ms365.id}: object id or principal name. */
    ATTRIBUTE,
    /** In {@code externalId}, when that is a GUID; only for directories fed by Entra. */
    EXTERNAL_ID,
    /** In {@code userName}, when that is a principal name. */
    USER_NAME
  }

  /** What becomes of a Microsoft 365 binding while its user is disabled. */
  public enum WhileDisabled {
    BOUND,
    /** It is taken away with the deactivation, and comes back with the user. */
    UNBOUND
  }

  static AttributeSettings from(Section section, KnownPbx pbx) {
    var source = section.choice("ms365-source", Ms365Source.ATTRIBUTE);
    var whileDisabled = section.choice("ms365-while-disabled", WhileDisabled.BOUND);
    for (String key : List.of("ms365-source", "ms365-while-disabled")) {
      if (section.has(key) && !pbx.holds(PbxField.MICROSOFT365)) {
        section.reject(key, "expected none: this pbx binds no Microsoft 365 users");
      }
    }
    return new AttributeSettings(
        section.value("email-fallback", FALLBACK, AttributeSettings::fallback),
        section.bool("truncate", false),
        section.bool("strip-phone-punctuation", false),
        source,
        whileDisabled,
        AttributeMap.from(section, pbx));
  }

  private static Template fallback(String text) {
    var template = Template.of(text, PLACEHOLDERS);
    if (!ContactValues.isMailAddress(template.fill(placeholder -> Optional.of("x")))) {
      throw new IllegalArgumentException(text);
    }
    return template;
  }
}
