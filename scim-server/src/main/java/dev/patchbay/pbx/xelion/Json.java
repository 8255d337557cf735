package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import java.util.Optional;

/** Xelion's JSON: objects in, objects out. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A reference to another object, as it stands inside one. */
  static ObjectNode reference(String oid, String type) {
    return object().put("oid", oid).put("objectType", type);
  }

  static HttpBody body(JsonNode json) {
    return new HttpBody("application/json", Secret.of(json.toString()));
  }

  /** A string and nothing around it. */
  static HttpBody bareString(Secret text) {
    return body(TextNode.valueOf(text.reveal()));
  }

  /** The object in {@code text}, or empty when it is anything else. */
  static Optional<ObjectNode> read(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** The field's text; empty where Xelion says null, nothing, or a blank. */
  static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asText()).filter(text -> !text.isBlank())
        : Optional.empty();
  }
}
