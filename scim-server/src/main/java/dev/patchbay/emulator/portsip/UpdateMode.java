package dev.patchbay.emulator.portsip;

/** What an update makes of the fields it does not name; the vendor does not say. */
public enum UpdateMode {
  /** They stay as they are. */
  MERGE,
  /** They become blank, or what a create would have made of them. */
  REPLACE
}
