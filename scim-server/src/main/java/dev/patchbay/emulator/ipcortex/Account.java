package dev.patchbay.emulator.ipcortex;

import java.time.Duration;

/**
 * The service account, which is no row among the users.
 *
 * @param key its "Auth Key"
 * @param company the one it belongs to
 * @param right what it may do to users
 * @param sessionLife from the sign-in on; the vendor does not say
 */
public record Account(
    String username,
    String password,
    String key,
    String company,
    Right right,
    Duration sessionLife) {
  /** What an account may do to users. */
  public enum Right {
    /** Everything, in every company. */
    SYSTEM_ADMIN,
    /** Everything, in its own company. */
    COMPANY_ADMIN,
    /** To change a few columns; what else it sends is ignored. */
    NONE
  }

  public Account {
    if (password.isBlank() || key.isBlank()) {
      throw new IllegalArgumentException("password and key must not be blank");
    }
    if (sessionLife.toSeconds() < 1) {
      throw new IllegalArgumentException("sessionLife must be at least 1 s, was " + sessionLife);
    }
  }

  /** {@code bridge} of company {@code acme}, which administrates the system. */
  static Account with(String secret) {
    return new Account(
        "bridge", secret, secret, "acme", Right.SYSTEM_ADMIN, Duration.ofMinutes(30));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Account[username=" + username + ", company=" + company + ", right=" + right + "]";
  }
}
