package dev.patchbay.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A request body as it may be shown: members of these names are {@code ***}, and what is set there.
 */
record Masked(Set<String> secrets) {

  /** JSON text; empty for no body. What is no JSON is not shown, for its secrets are not known. */
  Optional<String> body(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(body).map(this::text).orElse("\"(not JSON)\""));
  }

  private String text(JsonNode tree) {
    mask(tree);
    return new String(Json.bytes(tree), StandardCharsets.UTF_8);
  }

  private void mask(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      secrets.stream().filter(object::hasNonNull).forEach(secret -> object.put(secret, "***"));
      if (object.hasNonNull("value") && isSecret(object.path("path").asText())) {
        object.put("value", "***");
      }
    }
    tree.forEach(this::mask);
  }

  /** Of an operation on the member at a path, such as {@code /password}. */
  private boolean isSecret(String path) {
    return secrets.contains(path.substring(path.lastIndexOf('/') + 1));
  }
}
