package dev.patchbay.emulator.portsip;

import java.time.Duration;
import java.util.Set;

/**
 * Who gets in, and how.
 *
 * @param token the static token, with all rights of the tenant
 * @param username of the service account, also with all rights
 * @param password of the service account
 * @param domain the tenant's SIP domain
 * @param styles the ways that are open
 * @param tokenLife of tokens got by signing in; the vendor's examples are 1,800 and 3,600 s
 * @param twoFactor whether signing in asks for a second factor, which no bridge has
 */
public record EmulatedAccess(
    String token,
    String username,
    String password,
    String domain,
    Set<AuthStyle> styles,
    Duration tokenLife,
    boolean twoFactor) {
  public EmulatedAccess {
    styles = Set.copyOf(styles);
    if (token.isBlank() || password.isBlank()) {
      throw new IllegalArgumentException("token and password must not be blank");
    }
    if (tokenLife.toSeconds() < 1) {
      throw new IllegalArgumentException("tokenLife must be at least 1 s, was " + tokenLife);
    }
  }

  /** All ways open; the account is {@code bridge}, its password the token. */
  static EmulatedAccess with(String token) {
    return new EmulatedAccess(
        token,
        "bridge",
        token,
        "pbx.example.com",
        Set.of(AuthStyle.values()),
        Duration.ofMinutes(30),
        false);
  }

  boolean allows(AuthStyle style) {
    return styles.contains(style);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "EmulatedAccess[username="
        + username
        + ", domain="
        + domain
        + ", styles="
        + styles
        + "]";
  }
}
