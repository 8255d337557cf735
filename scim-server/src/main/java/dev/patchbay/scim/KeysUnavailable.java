package dev.patchbay.scim;

/** A token cannot be judged: its issuer's keys cannot be fetched. */
final class KeysUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  KeysUnavailable() {
    super("the keys of the token's issuer cannot be fetched", null, false, false);
  }
}
