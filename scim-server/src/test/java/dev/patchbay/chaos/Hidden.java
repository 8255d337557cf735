package dev.patchbay.chaos;

import dev.patchbay.emulator.Passwords;

/**
 * What no call of the PBX shows of a user; read where the emulator keeps it.
 *
 * @param password as it is kept
 * @param microsoft the id that is bound; empty for none
 */
record Hidden(String password, String microsoft) {
  boolean opensWith(String candidate) {
    return Passwords.matches(candidate, password);
  }
}
