package dev.patchbay.keycloak.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";

  /** What we say of a user ourselves, or the target does. */
  private static final Set<String> OURS =
      Set.of(
          "schemas",
          "id",
          "externalid",
          "meta",
          "username",
          "active",
          "roles",
          "groups",
          "password");

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
    String schema = Optional.ofNullable(found.group(1)).orElse("");
    var mapping =
        new AttributeMapping(
            schema.equals(CORE) ? "" : schema,
            found.group(2),
            Optional.<Part>ofNullable(found.group(3) == null ? null : new Part.Sub(found.group(3)))
                .or(() -> Optional.ofNullable(found.group(4)).map(Part.OfType::new)),
            attribute);
    if (mapping.isOurs()) {
      throw new SettingException(
          Setting.ATTRIBUTES,
          "expected an attribute that is not sent already, was '" + scimPath + "'");
    }
    return mapping;
  }

  /** Whether it would take the place of what is sent of each user anyway. */
  private boolean isOurs() {
    String of = name.toLowerCase(Locale.ROOT);
    if (!schema.isEmpty()) {
      return false;
    }
    return switch (of) {
      case "name" -> !(part.orElse(null) instanceof Part.Sub);
      case "emails" -> !(part.orElse(null) instanceof Part.OfType);
      case "displayname" -> part.isPresent();
      default -> OURS.contains(of);
    };
  }

  /** Whether both can be sent of one user. */
  boolean goesWith(AttributeMapping other) {
    boolean same = schema.equals(other.schema) && name.equalsIgnoreCase(other.name);
    return !same
        || (part.isPresent()
            && other.part.isPresent()
            && part.get().getClass() == other.part.get().getClass()
            && !part.equals(other.part));
  }
}
