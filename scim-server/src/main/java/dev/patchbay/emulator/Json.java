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
import java.util.List;
import java.util.Optional;

/** JSON to and from text, trees and answers. */
final class Json {
  static final String TYPE = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The tree of these bytes; empty if they are no JSON. */
  static Optional<JsonNode> parse(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /** The object of a text this class wrote. */
  static ObjectNode stored(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static WebResponse answer(int status, JsonNode tree) {
    return WebResponse.of(status).body(TYPE, bytes(tree));
  }

  static WebResponse ok(JsonNode tree) {
    return answer(200, tree);
  }

  static WebResponse created(String key, String value) {
    return answer(201, object().put(key, value));
  }

  /** A whole collection, as the sub-resources answer it. */
  static WebResponse items(List<? extends JsonNode> items) {
    ObjectNode answer = object();
    answer.putArray("items").addAll(items);
    return ok(answer);
  }

  /** One page of a list. */
  static WebResponse page(long count, List<? extends JsonNode> items) {
    ObjectNode answer = object().put("count", count);
    answer.putArray("items").addAll(items);
    return ok(answer);
  }
}
