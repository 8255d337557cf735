package dev.patchbay.pbx.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.config.Secret;
import java.util.Base64;

/**
 * What a request proves with who we are.
 *
 * @param header it is sent in, such as {@code Authorization} or {@code Cookie}
 */
public record Credential(String header, Secret value) {
  private static final String AUTHORIZATION = "Authorization";

  public Credential {
    // Java's own refusal of such a header would print it.
    if (!value.reveal().matches("[\\x20-\\x7e]+")) {
      throw new IllegalArgumentException(header + " must be printable ASCII");
    }
  }

  /** A bearer token, RFC 6750 §2.1. */
  public static Credential bearer(Secret token) {
    return new Credential(AUTHORIZATION, Secret.of("Bearer " + token.reveal()));
  }

  /** A user and a password, RFC 7617 §2; the user must not have a colon. */
  public static Credential basic(Secret user, Secret password) {
    var pair = (user.reveal() + ":" + password.reveal()).getBytes(UTF_8);
    return new Credential(
        AUTHORIZATION, Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }
}
