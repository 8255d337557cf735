package dev.patchbay.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is stored of an access token: enough to recognise it, not enough to use it. The text form is
 * {@code pbkdf2-sha256$ITERATIONS$SALT$HASH}, the last two in URL-safe Base64.
 *
 * <p>A token of {@link #randomToken} holds 256 random bits, which nobody guesses: one iteration
 * does. A token a person thought up is guessed by the million per second unless each guess is slow.
 */
public final class TokenHash {
  private static final Pattern FORM =
      Pattern.compile("pbkdf2-sha256\\$([0-9]{1,8})\\$([\\w-]{22})\\$([\\w-]{43})");
  private static final Pattern RANDOM_TOKEN = Pattern.compile("pb_[\\w-]{43}");

  // About 0.1 s on a 2020s core, paid once per token and process (KnownTokens remembers).
  private static final int SLOW = 210_000;
  private static final int MOST = 10_000_000;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private TokenHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** A new token: {@code pb_} and 256 random bits. */
  public static Secret randomToken() {
    return Secret.of("pb_" + ENCODER.encodeToString(random(32)));
  }

  /** A salted hash of {@code token}; two of one token differ. */
  public static TokenHash of(Secret token) {
    int iterations = RANDOM_TOKEN.matcher(token.reveal()).matches() ? 1 : SLOW;
    byte[] salt = random(16);
    return new TokenHash(iterations, salt, derive(token, salt, iterations));
  }

  /** The hash written as {@code text}; throws {@link IllegalArgumentException} for other text. */
  public static TokenHash parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no token hash");
    }
    int iterations = Integer.parseInt(matcher.group(1));
    if (iterations < 1 || iterations > MOST) {
      throw new IllegalArgumentException("token hash iterations must be 1 to " + MOST);
    }
    var decoder = Base64.getUrlDecoder();
    return new TokenHash(
        iterations, decoder.decode(matcher.group(2)), decoder.decode(matcher.group(3)));
  }

  /** Whether it is a hash of {@code token}; takes the same time for any wrong one. */
  public boolean matches(Secret token) {
    return MessageDigest.isEqual(hash, derive(token, salt, iterations));
  }

  /** Whether {@link #matches} takes milliseconds, not microseconds. */
  boolean isSlow() {
    return iterations > 1000;
  }

  /** The form to write into a configuration. */
  public String text() {
    return String.join(
        "$",
        "pbkdf2-sha256",
        Integer.toString(iterations),
        ENCODER.encodeToString(salt),
        ENCODER.encodeToString(hash));
  }

  /** Not the hash: it belongs in the configuration, not in a log. */
  @Override
  public String toString() {
    return "***";
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] derive(Secret token, byte[] salt, int iterations) {
    // The JDK's PBKDF2 reads a password's characters as UTF-8; hex keeps any token in its range.
    byte[] bytes = token.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      var key = new PBEKeySpec(hex(bytes), salt, iterations, 256);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks PBKDF2WithHmacSHA256", e);
    }
  }

  private static char[] hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).toCharArray();
  }
}
