package dev.patchbay.emulator.ipcortex;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Passwords;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What proves who somebody is: a password, or the blowfish hash of one. */
final class Secrets {
  /** What no password proves. */
  static final String NONE = Passwords.NONE;

  private static final Pattern BLOWFISH =
      Pattern.compile("\\$2[abxy]?\\$[0-3][0-9]\\$[./A-Za-z0-9]{53}");

  private Secrets() {}

  /** How the new password is kept; empty if there is none. Refused if there are two, or no hash. */
  static Optional<String> kept(ObjectNode values) {
    JsonNode password = values.path("password");
    JsonNode hash = values.path("pwhash");
    if (password.isTextual() && hash.isTextual()) {
      throw new IllegalArgumentException("only one of password and pwhash");
    }
    if (hash.isTextual()) {
      if (!BLOWFISH.matcher(hash.textValue()).matches()) {
        throw new IllegalArgumentException("pwhash is no blowfish hash");
      }
      return Optional.of(hash.textValue());
    }
    return Optional.of(password)
        .filter(JsonNode::isTextual)
        .map(text -> Passwords.hash(text.textValue()));
  }

  static boolean proves(String password, String kept) {
    return kept.startsWith("$2")
        ? BCrypt.verifyer()
            .verify(
                password.getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.US_ASCII))
            .verified
        : Passwords.matches(password, kept);
  }
}
