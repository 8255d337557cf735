package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A stored user.
 *
 * @param ms365 the bound Microsoft id, in lower case
 * @param body the fields reads may show
 */
record UserRow(String id, Optional<String> ms365, ObjectNode body) {
  String name() {
    return body.path("name").asText();
  }

  String role() {
    return body.path("role").asText();
  }

  String extension() {
    return body.path("extension_number").asText();
  }

  boolean enabled() {
    return body.path("enabled").asBoolean();
  }
}
