package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to what the same bulk creates (RFC 7644 §3.7.2): {@code bulkId:ID} as a whole value,
 * at the end of a {@code $ref}, or quoted in the path of a PATCH operation.
 */
final class BulkReferences {
  private static final String PREFIX = "bulkId:";
  private static final Pattern WHOLE = Pattern.compile("(?s)^bulkId:(.+)$");
  private static final Pattern AT_THE_END = Pattern.compile("(?<=/)bulkId:([^/]+)$");
  private static final Pattern QUOTED = Pattern.compile("(?<=\")bulkId:([^\"]+)(?=\")");

  private BulkReferences() {}

  /** The bulkId that the identifier of a path refers to. */
  static Optional<String> of(String id) {
    return id.startsWith(PREFIX) ? Optional.of(id.substring(PREFIX.length())) : Optional.empty();
  }

  /** The bulkIds that anything in the value refers to. */
  static Set<String> in(JsonNode value) {
    return in("", value);
  }

  private static Set<String> in(String name, JsonNode value) {
    var found = new TreeSet<String>();
    mapped(
        name,
        value,
        bulkId -> {
          found.add(bulkId);
          return "";
        });
    return found;
  }

  /**
   * A copy with identifiers instead of references.
   *
   * @param ids by bulkId, at least for those that occur
   */
  static ObjectNode resolved(ObjectNode data, Map<String, String> ids) {
    return (ObjectNode)
        mapped("", data, bulkId -> Optional.ofNullable(ids.get(bulkId)).orElseThrow());
  }

  private static JsonNode mapped(String name, JsonNode value, UnaryOperator<String> idOf) {
    return switch (value) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(it -> copy.set(it.getKey(), mapped(it.getKey(), it.getValue(), idOf)));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(it -> copy.add(mapped(name, it, idOf)));
        yield copy;
      }
      case TextNode text when text.textValue().contains(PREFIX) ->
          TextNode.valueOf(mapped(pattern(name, text.textValue()), text.textValue(), idOf));
      default -> value;
    };
  }

  private static Pattern pattern(String name, String text) {
    if (text.startsWith(PREFIX)) {
      return WHOLE;
    }
    return name.equalsIgnoreCase("path") ? QUOTED : AT_THE_END;
  }

  private static String mapped(Pattern pattern, String text, UnaryOperator<String> idOf) {
    return pattern
        .matcher(text)
        .replaceAll((MatchResult it) -> Matcher.quoteReplacement(idOf.apply(it.group(1))));
  }

  /**
   * A create in two: what can be created now, and the PATCH operations that add what refers to
   * resources not there yet.
   */
  record Halves(ObjectNode first, ArrayNode rest) {}

  /** Leaves out of {@code data} whatever refers to one of {@code later}. */
  static Halves halves(ObjectNode data, Set<String> later) {
    var rest = JsonNodeFactory.instance.arrayNode();
    return new Halves(without("", data, later, rest), rest);
  }

  private static ObjectNode without(
      String prefix, ObjectNode object, Set<String> later, ArrayNode rest) {
    var kept = JsonNodeFactory.instance.objectNode();
    for (var field : object.properties()) {
      var path = prefix + field.getKey();
      var value = field.getValue();
      if (!refers(field.getKey(), value, later)) {
        kept.set(field.getKey(), value);
      } else if (value instanceof ArrayNode array) {
        split(path, array, kept.putArray(field.getKey()), later, rest);
      } else if (value instanceof ObjectNode extension && field.getKey().contains(":")) {
        kept.set(field.getKey(), without(path + ":", extension, later, rest));
      } else {
        add(path, value, rest);
      }
    }
    return kept;
  }

  private static void split(
      String path, ArrayNode array, ArrayNode kept, Set<String> later, ArrayNode rest) {
    var left = JsonNodeFactory.instance.arrayNode();
    array.forEach(it -> (refers(path, it, later) ? left : kept).add(it));
    add(path, left, rest);
  }

  private static void add(String path, JsonNode value, ArrayNode rest) {
    rest.addObject().put("op", "add").put("path", path).set("value", value);
  }

  private static boolean refers(String name, JsonNode value, Set<String> later) {
    return in(name, value).stream().anyMatch(later::contains);
  }
}
