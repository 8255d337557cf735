package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;

/** A call that was let in. */
record ApiRequest(WebRequest web) {
  /** The oid in the path. */
  String oid() {
    return web.param("oid");
  }

  /** The JSON sent, in the characters that are kept. */
  static JsonNode payload(WebRequest web) {
    if (web.body().length == 0) {
      throw ApiError.emptyPayload();
    }
    return Json.parse(web.body())
        .map(Windows1252::kept)
        .orElseThrow(() -> ApiError.invalidPayload("the payload is no JSON"));
  }

  ObjectNode object() {
    if (payload(web) instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.invalidPayload("the payload is no object");
  }

  /** An object that a PUT changes: it has to say so. */
  ObjectNode changedObject() {
    ObjectNode object = object();
    if (!object.path("changeType").asText().equals("Modified")) {
      throw ApiError.invalidPayload("changeType is required");
    }
    return object;
  }
}
