package dev.patchbay.mapping;

import dev.patchbay.config.Section;

/**
 * What is done with the passwords an identity provider sends.
 *
 * @param initial of the password in a create
 * @param passwords of passwords at all
 */
public record PasswordSettings(Initial initial, Passwords passwords) {

  /** What is done with the password in a create; without one a password is always generated. */
  public enum Initial {
    /** It is used; refused when it breaks the PBX's policy. */
    IDP,
    /**
     * It is used, or replaced by a generated one when it breaks the policy (Okta's placeholder).
     */
    GENERATE_IF_WEAK,
    /** It is ignored and one is generated. */
    GENERATE
  }

  /** Whether passwords are taken from the identity provider. */
  public enum Passwords {
    SYNC,
    /** None is taken, on create or later, and changing passwords is not advertised. */
    IGNORE
  }

  static PasswordSettings from(Section section) {
    return new PasswordSettings(
        section.choice("initial-password", Initial.IDP),
        section.choice("passwords", Passwords.SYNC));
  }
}
