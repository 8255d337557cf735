package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What of a resource nobody else may have, and what one operation says of another's resource. */
final class BulkNames {
  private static final Set<String> UNIQUE =
      Set.of("username", "externalid", "extensionnumber", "pbxusername", "id");

  private BulkNames() {}

  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The names and numbers that a resource, or a PATCH of one, has in it. */
  static Set<String> unique(String endpoint, JsonNode value) {
    var found = new HashSet<String>();
    collect("", value, !endpoint.equals("Users"), found);
    return found;
  }

  private static void collect(
      String attribute, JsonNode value, boolean displayNameIsUnique, Set<String> found) {
    if (value.isTextual()) {
      if (UNIQUE.contains(attribute) || (displayNameIsUnique && attribute.equals("displayname"))) {
        found.add(folded(value.asText()));
      }
      return;
    }
    var path = lastName(value.path("path").asText());
    if (value.isArray()) {
      value.forEach(it -> collect(attribute, it, displayNameIsUnique, found));
    }
    for (var field : value.properties()) {
      var name = lastName(field.getKey());
      collect(
          name.equals("value") && !path.isEmpty() ? path : name,
          field.getValue(),
          displayNameIsUnique,
          found);
    }
  }

  /** Of {@code urn:…:User:ms365.id} it is {@code id}. */
  private static String lastName(String path) {
    int at = Math.max(path.lastIndexOf(':'), path.lastIndexOf('.'));
    return folded(path.substring(at + 1));
  }

  /** Every text in the value that is one of these. */
  static Set<String> mentioned(JsonNode value, Set<String> of) {
    var found = new HashSet<String>();
    mentioned(value, of, found);
    return found;
  }

  private static void mentioned(JsonNode value, Set<String> of, Set<String> found) {
    if (value.isTextual()) {
      var text = folded(value.asText());
      if (of.contains(text)) {
        found.add(text);
      }
    }
    value.forEach(it -> mentioned(it, of, found));
  }
}
