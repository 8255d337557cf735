package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Reads a user resource as the schema left it; a blank text counts as no value. */
public record ScimUser(ObjectNode json) {
  public static final String ENTERPRISE = ResourceTypes.ENTERPRISE_USER;
  public static final String PBX = ResourceTypes.PBX_USER;

  /** The text at the end of a path of attribute names, without blanks around it. */
  public Optional<String> text(String... path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.path(name);
    }
    return text(node);
  }

  /** RFC 7643 leaves the meaning of an absent {@code active} to the server: here a user works. */
  public boolean active() {
    return json.path("active").asBoolean(true);
  }

  /**
   * The primary element of a multi-valued attribute, else its first of this type, else its first.
   */
  Optional<JsonNode> preferred(String attribute, String type) {
    return preferred(json.path(attribute), type);
  }

  /** The same of an attribute's value. */
  static Optional<JsonNode> preferred(JsonNode whole, String type) {
    return first(whole, ScimUser::primary)
        .or(() -> first(whole, element -> isOfType(element, type)))
        .or(() -> first(whole, element -> true));
  }

  /** The value of this type: the primary one of several, else the first. */
  Optional<String> valueOfType(String attribute, String type) {
    return ofType(json.path(attribute), type).flatMap(element -> text(element.path("value")));
  }

  /** The element of this type: the primary one of several, else the first. */
  static Optional<JsonNode> ofType(JsonNode whole, String type) {
    return first(whole, element -> isOfType(element, type) && primary(element))
        .or(() -> first(whole, element -> isOfType(element, type)));
  }

  /** The elements of a multi-valued attribute in the order sent. */
  List<JsonNode> elements(String attribute) {
    return elements(json.path(attribute));
  }

  private static List<JsonNode> elements(JsonNode whole) {
    return StreamSupport.stream(whole.spliterator(), false).toList();
  }

  static boolean primary(JsonNode element) {
    return element.path("primary").asBoolean();
  }

  public static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText("").strip()).filter(Predicate.not(String::isEmpty));
  }

  private static Optional<JsonNode> first(JsonNode whole, Predicate<JsonNode> wanted) {
    return elements(whole).stream()
        .filter(element -> hasContent(element) && wanted.test(element))
        .findFirst();
  }

  /** An e-mail or number without a value says nothing; an address has no {@code value} at all. */
  private static boolean hasContent(JsonNode element) {
    return !element.has("value") || text(element.path("value")).isPresent();
  }

  private static boolean isOfType(JsonNode element, String type) {
    return type.equalsIgnoreCase(element.path("type").asText());
  }
}
