package dev.patchbay.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A request body as it may be shown: its secrets are {@code ***}. */
final class Masked {
  private static final Set<String> SECRETS =
      Set.of(
          "password",
          "old_password",
          "new_password",
          "extension_password",
          "voicemail_pin",
          "door_password1",
          "door_password2",
          "token",
          "access_token",
          "refresh_token");

  private Masked() {}

  /** JSON text; empty for no body. What is no JSON is not shown, for its secrets are not known. */
  static Optional<String> body(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(body).map(Masked::text).orElse("\"(not JSON)\""));
  }

  private static String text(JsonNode tree) {
    mask(tree);
    return new String(Json.bytes(tree), StandardCharsets.UTF_8);
  }

  private static void mask(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      SECRETS.stream().filter(object::hasNonNull).forEach(secret -> object.put(secret, "***"));
    }
    tree.forEach(Masked::mask);
  }
}
