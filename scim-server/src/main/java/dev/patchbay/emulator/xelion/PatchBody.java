package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The payload of a PATCH: {@code {"operations":[{"op","path","value"}]}}. */
record PatchBody(List<Operation> operations) {

  /**
   * One of them.
   *
   * @param path the names in it
   * @param value missing where the operation removes
   */
  record Operation(String op, List<String> path, JsonNode value) {
    String text() {
      if (!value.isTextual()) {
        throw ApiError.invalidPayload("a string expected as the value");
      }
      return value.textValue();
    }
  }

  static PatchBody of(ObjectNode payload) {
    if (!payload.path("operations").isArray() || payload.path("operations").isEmpty()) {
      throw ApiError.invalidPayload("operations are missing");
    }
    var operations = new ArrayList<Operation>();
    for (JsonNode each : payload.path("operations")) {
      String path = each.path("path").asText();
      if (!path.startsWith("/") || path.length() < 2) {
        throw ApiError.invalidPayload("a path begins with a slash");
      }
      operations.add(
          new Operation(
              each.path("op").asText(),
              List.of(path.substring(1).split("/", -1)),
              each.path("value")));
    }
    return new PatchBody(operations);
  }

  static ApiError unknown(Operation operation) {
    return ApiError.invalidPayload(
        "no " + operation.op() + " at /" + String.join("/", operation.path()));
  }
}
