package dev.patchbay.pbx.api;

/** What a phone system says of what it holds. */
public enum PbxReading {
  /** Every object, one by one and in lists. */
  ALL,
  /** The same but for its roles: those are named in the settings, and reading them is no call. */
  ALL_BUT_ROLES,
  /** Nothing: what it holds is known only from what it answered to calls. */
  NOTHING
}
