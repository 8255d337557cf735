package dev.patchbay.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON to and from text, trees and answers. */
public final class Json {
  public static final String TYPE = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The tree of these bytes; empty if they are no JSON. */
  public static Optional<JsonNode> parse(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /**
   * The tree of a body.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static JsonNode required(byte[] body) {
    return parse(body).orElseThrow(() -> new IllegalArgumentException("the body is no JSON"));
  }

  /**
   * The tree as an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ObjectNode object(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("a JSON object expected");
  }

  /** The object of a text this class wrote. */
  public static ObjectNode stored(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public static WebResponse answer(int status, JsonNode tree) {
    return WebResponse.of(status).body(TYPE, bytes(tree));
  }

  public static WebResponse ok(JsonNode tree) {
    return answer(200, tree);
  }
}
