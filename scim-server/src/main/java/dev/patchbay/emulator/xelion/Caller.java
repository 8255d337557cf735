package dev.patchbay.emulator.xelion;

/** Whose session it is. */
enum Caller {
  /** May do everything. */
  ADMINISTRATOR,
  /** May read and write the address book. */
  USER
}
