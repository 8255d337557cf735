package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;

/** What was sent. */
final class Body {
  private Body() {}

  /** One that cannot be found or read is an empty object: the vendor warns of it. */
  static ObjectNode of(WebRequest request) {
    return Json.parse(request.body())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseGet(Json::object);
  }
}
