package dev.patchbay.mapping;

import dev.patchbay.config.Secret;

/** A new user's password and why it is that one; the provisioning log tells the origin. */
public record InitialPassword(Secret password, Origin origin) {

  /** Where an initial password comes from. */
  public enum Origin {
    /** The identity provider sent it. */
    SENT,
    /** Generated: none was sent. */
    NONE_SENT,
    /** Generated: the one sent breaks the PBX's policy. */
    SENT_WEAK,
    /** Generated: the settings take none from the identity provider. */
    SENT_IGNORED;

    public boolean generated() {
      return this != SENT;
    }
  }
}
