package dev.patchbay.pbx.ipcortex;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** How passwords are sent: one column of the two, never both. */
final class Passwords {
  private static final String CHARACTERS =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int UNKNOWN_LENGTH = 32;
  // 2^10 rounds: some 50 ms, beside a call that takes about as long.
  private static final int COST = 10;

  private final Form form;
  private final SecureRandom random;

  /** In which column a password goes. */
  enum Form {
    /** {@code password}, as it is. */
    CLEAR,
    /** {@code pwhash}, blowfish, from 6.3.23 on: the PBX never sees the password. */
    BLOWFISH
  }

  Passwords(Form form, SecureRandom random) {
    this.form = form;
    this.random = random;
  }

  Form form() {
    return form;
  }

  void put(ObjectNode values, Secret password) {
    switch (form) {
      case CLEAR -> values.put("password", password.reveal());
      case BLOWFISH -> values.put("pwhash", hash(password.reveal()));
    }
  }

  /** A password that nobody learns. */
  void putUnknown(ObjectNode values) {
    var text = new StringBuilder();
    for (int i = 0; i < UNKNOWN_LENGTH; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    put(values, Secret.of(text.toString()));
  }

  /** Blowfish takes 72 bytes and drops the rest, here and on the PBX alike. */
  private String hash(String password) {
    byte[] hash =
        BCrypt.with(
                BCrypt.Version.VERSION_2Y,
                random,
                LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
            .hash(COST, password.getBytes(StandardCharsets.UTF_8));
    return new String(hash, StandardCharsets.US_ASCII);
  }
}
