package dev.patchbay.chaos;

import dev.patchbay.emulator.Passwords;

/**
 * What no list of the PBX's users shows of one; read where the emulator keeps it.
 *
 * @param password as it is kept
 * @param microsoft the id that is bound; empty for none
 * @param recorded whether calls are
 */
record Hidden(String password, String microsoft, boolean recorded) {
  static final Hidden NOTHING = new Hidden("", "", false);

  boolean opensWith(String candidate) {
    return Passwords.matches(candidate, password);
  }
}
