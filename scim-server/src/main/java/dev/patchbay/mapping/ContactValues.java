package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one value a PBX takes where SCIM has several that could be meant. */
final class ContactValues {
  private static final Pattern MAIL_ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\s\\p{Z}().\\-/]+");
  private static final Pattern TEL = Pattern.compile("^tel:", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private ContactValues() {}

  static boolean isMailAddress(String text) {
    return MAIL_ADDRESS.matcher(text).matches();
  }

  static Optional<String> displayName(ScimUser user) {
    return user.text("displayName")
        .or(() -> user.text("name", "formatted"))
        .or(() -> joined(" ", user.text("name", "givenName"), user.text("name", "familyName")))
        .or(() -> user.text("userName"));
  }

  /** The given name; of somebody who has only a whole name, all of it but its last word. */
  static Optional<String> givenName(ScimUser user) {
    return user.text("name", "givenName").or(() -> part(user, "^(.*\\S)\\s+\\S+$"));
  }

  /** The family name; of somebody who has only a whole name, its last word. */
  static Optional<String> familyName(ScimUser user) {
    return user.text("name", "familyName").or(() -> part(user, "^.*\\S\\s+(\\S+)$"));
  }

  private static Optional<String> part(ScimUser user, String form) {
    return user.text("displayName")
        .or(() -> user.text("name", "formatted"))
        .map(Pattern.compile(form)::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1));
  }

  /** The values of all entitlements, in order, a space between. */
  static Optional<String> entitlements(ScimUser user) {
    var values =
        user.elements("entitlements").stream()
            .flatMap(it -> ScimUser.text(it.path("value")).stream())
            .distinct()
            .sorted();
    return Optional.of(values.collect(Collectors.joining(" ")))
        .filter(Predicate.not(String::isEmpty));
  }

  static Optional<String> email(ScimUser user) {
    return user.preferred("emails", "work").flatMap(email -> ScimUser.text(email.path("value")));
  }

  /** The user name, where it is an address. */
  static Optional<String> emailOfName(ScimUser user) {
    return user.text("userName").filter(ContactValues::isMailAddress);
  }

  /** The number of this type; RFC 7643 suggests a URI, which a PBX cannot dial. */
  static Optional<String> phone(ScimUser user, String type) {
    return user.valueOfType("phoneNumbers", type)
        .map(ContactValues::dialled)
        .filter(Predicate.not(String::isBlank));
  }

  /** The number of a {@code tel:} URI; any other text as it is. */
  static String dialled(String text) {
    return TEL.matcher(text).replaceFirst("");
  }

  static String withoutPunctuation(String number) {
    return PUNCTUATION.matcher(number).replaceAll("");
  }

  /** The address in one line. */
  static Optional<String> address(ScimUser user) {
    return user.preferred("addresses", "work")
        .flatMap(
            address ->
                line(address, "formatted")
                    .or(
                        () ->
                            joined(
                                ", ",
                                line(address, "streetAddress"),
                                joined(" ", line(address, "postalCode"), line(address, "locality")),
                                line(address, "region"),
                                line(address, "country"))));
  }

  private static Optional<String> line(JsonNode address, String part) {
    return ScimUser.text(address.path(part)).map(text -> LINE_BREAK.matcher(text).replaceAll(", "));
  }

  @SafeVarargs
  private static Optional<String> joined(String separator, Optional<String>... parts) {
    return Optional.of(
            Stream.of(parts).flatMap(Optional::stream).collect(Collectors.joining(separator)))
        .filter(Predicate.not(String::isEmpty));
  }
}
