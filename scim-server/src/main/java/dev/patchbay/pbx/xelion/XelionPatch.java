package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.pbx.http.Json;

/**
 * Changes of one object in one request: {@code {"operations":[{"op","path","value"}]}}. What is
 * added to a collection goes by a number of our own within the request; what is taken out of one by
 * the oid of the relation.
 */
final class XelionPatch {
  private final ObjectNode json = Json.object();
  private final ArrayNode operations = json.putArray("operations");

  XelionPatch replace(String path, String value) {
    return replace(path, TextNode.valueOf(value));
  }

  XelionPatch replace(String path, boolean value) {
    return replace(path, BooleanNode.valueOf(value));
  }

  XelionPatch replace(String path, JsonNode value) {
    operations.addObject().put("op", "replace").put("path", path).set("value", value);
    return this;
  }

  XelionPatch add(String path, String value) {
    operations.addObject().put("op", "add").put("path", path).put("value", value);
    return this;
  }

  XelionPatch remove(String path) {
    operations.addObject().put("op", "remove").put("path", path);
    return this;
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  ObjectNode json() {
    return json;
  }
}
