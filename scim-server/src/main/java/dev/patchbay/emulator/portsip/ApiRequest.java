package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;

/** A call that was let in. */
record ApiRequest(WebRequest web, Caller caller) {
  String param(String name) {
    return web.param(name);
  }

  /** The JSON object sent; throws {@link ApiError} if the body is none. */
  ObjectNode body() {
    return Json.parse(web.body())
        .filter(JsonNode::isObject)
        .map(ObjectNode.class::cast)
        .orElseThrow(() -> ApiError.invalid("a JSON object expected as the body"));
  }

  /** A string that must be in the body. */
  String text(String name) {
    JsonNode value = body().path(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw ApiError.invalid(java.util.Map.of(name, "is required"));
    }
    return value.textValue();
  }
}
