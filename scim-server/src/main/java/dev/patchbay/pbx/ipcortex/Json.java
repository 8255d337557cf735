package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** IPCortex's JSON: objects in, objects out. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a switch may be read as; how IPCortex shows one is not documented. */
  private static final Set<String> ON = Set.of("true", "1", "yes", "on", "y", "t");

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
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

  /** The field's text; empty where there is null, nothing, or a blank. */
  static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asText()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  static boolean isOn(JsonNode value) {
    return ON.contains(value.asText("").toLowerCase(Locale.ROOT));
  }
}
