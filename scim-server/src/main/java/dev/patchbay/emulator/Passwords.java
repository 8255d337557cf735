package dev.patchbay.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords as they are kept: salted and hashed once, enough for accounts nobody really has. */
public final class Passwords {
  /** What no password matches. */
  public static final String NONE = "";

  private static final int SALT_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  public static String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return HexFormat.of().formatHex(salt) + HexFormat.of().formatHex(digest(salt, password));
  }

  public static boolean matches(String password, String hash) {
    if (hash.equals(NONE)) {
      return false;
    }
    byte[] salt = HexFormat.of().parseHex(hash.substring(0, 2 * SALT_BYTES));
    byte[] kept = HexFormat.of().parseHex(hash.substring(2 * SALT_BYTES));
    return MessageDigest.isEqual(kept, digest(salt, password));
  }

  /** Equal, in a time that does not tell where they differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(byte[] salt, String password) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has SHA-256
    }
  }
}
