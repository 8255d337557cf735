package dev.patchbay.pbx.api;

/** A secret that a user of a phone system has; none of them is ever read back. */
public enum PbxSecret {
  /** What the user signs in with. */
  PASSWORD,
  /** What the user's phones register with. */
  EXTENSION_PASSWORD,
  VOICEMAIL_PIN
}
