package dev.patchbay.keycloak.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user attribute of Keycloak and where it goes in the SCIM user.
 *
 * @param schema URN of the extension, empty for the user itself
 * @param name the SCIM attribute
 * @param part none for the attribute itself
 * @param attribute the user attribute's name in Keycloak
 */
public record AttributeMapping(String schema, String name, Optional<Part> part, String attribute) {
  private static final Pattern FORM =
      Pattern.compile("(?:(urn:\\S+):)?([A-Za-z][\\w$-]*)(?:\\.([A-Za-z][\\w$-]*)|\\[(\\w+)])?");

  /** What of the attribute is meant. */
  public sealed interface Part {
    /** {@code name.middleName}. */
    record Sub(String name) implements Part {}

    /** {@code phoneNumbers[mobile]}: the value of that type among several. */
    record OfType(String type) implements Part {}
  }

  static AttributeMapping of(String scimPath, String attribute) {
    Matcher found = FORM.matcher(scimPath);
    if (!found.matches()) {
      throw new SettingException(
          Setting.ATTRIBUTES,
          "expected title, name.middleName, phoneNumbers[mobile] or urn:…:User:attribute before the"
              + " =, was '"
              + scimPath
              + "'");
    }
    return new AttributeMapping(
        Optional.ofNullable(found.group(1)).orElse(""),
        found.group(2),
        Optional.<Part>ofNullable(found.group(3) == null ? null : new Part.Sub(found.group(3)))
            .or(() -> Optional.ofNullable(found.group(4)).map(Part.OfType::new)),
        attribute);
  }
}
