package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Values as an attribute's declaration asks for them, and as unusual as it lets them be.
 *
 * @param references resources that exist, for attributes that refer to some
 */
record RandomValues(Random random, List<JsonNode> references) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  // No backslash: roles have their names in paths of the PBX, and the emulated one takes none
  // there.
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
          + " .-_'\"/<>&%$#@!?*()[]{}:;,+=äßéñŁøΣЖ電話😀";

  /** A whole value: a list for what has several. */
  JsonNode value(JsonNode attribute) {
    if (!attribute.path("multiValued").asBoolean()) {
      return element(attribute);
    }
    var list = JSON.arrayNode();
    int size = 1 + random.nextInt(Math.min(3, references.size()));
    for (int i = 0; i < size; i++) {
      var element = element(attribute, references.get(i));
      if (i > 0 && element instanceof ObjectNode object) {
        object.remove("primary"); // at most one
      }
      list.add(element);
    }
    return list;
  }

  private JsonNode element(JsonNode attribute) {
    return element(attribute, references.get(random.nextInt(references.size())));
  }

  private JsonNode element(JsonNode attribute, JsonNode reference) {
    return attribute.path("type").asText().equals("complex")
        ? complex(attribute, reference)
        : simple(attribute);
  }

  private ObjectNode complex(JsonNode attribute, JsonNode reference) {
    var object = JSON.objectNode();
    for (JsonNode sub : attribute.path("subAttributes")) {
      var name = sub.path("name").asText();
      // The first is what an element is about: with labels alone it would be none.
      var wanted = object.isEmpty() || name.equals("value") || random.nextBoolean();
      if (wanted && !sub.path("mutability").asText().equals("readOnly")) {
        object.set(name, refers(attribute) ? ofReference(sub, reference) : element(sub, reference));
      }
    }
    return object;
  }

  private static boolean refers(JsonNode attribute) {
    return Declared.sub(attribute, "$ref").isPresent();
  }

  private static JsonNode ofReference(JsonNode sub, JsonNode reference) {
    return switch (sub.path("name").asText()) {
      case "value" -> reference.path("id");
      case "$ref" -> reference.at("/meta/location");
      case "type" -> reference.at("/meta/resourceType");
      default -> reference.path("userName");
    };
  }

  private JsonNode simple(JsonNode attribute) {
    return switch (attribute.path("type").asText()) {
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode(random.nextInt());
      case "decimal" -> JSON.numberNode(random.nextInt(1_000_000) / 64.0);
      case "dateTime" ->
          JSON.textNode(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)).toString());
      case "binary" -> JSON.textNode(binary());
      // hardly ever the same twice: equal values of one attribute are one
      case "reference" ->
          JSON.textNode("https://example.com/" + random.nextInt(Integer.MAX_VALUE) + "?x=%20#y");
      default -> JSON.textNode(text(attribute.path("canonicalValues")));
    };
  }

  private String binary() {
    var bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String text(JsonNode usual) {
    if (!usual.isEmpty() && random.nextBoolean()) {
      return usual.get(random.nextInt(usual.size())).asText();
    }
    var points = LETTERS.codePoints().toArray();
    var text = new StringBuilder().append((char) ('a' + random.nextInt(26)));
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.append((char) ('a' + random.nextInt(26))).toString();
  }
}
