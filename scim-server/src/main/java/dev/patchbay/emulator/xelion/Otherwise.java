package dev.patchbay.emulator.xelion;

import java.util.Locale;

/** What the vendor does not say, and a Xelion may do in another way than the usual one. */
public enum Otherwise {
  /** A change of {@code userName} is 400; usually it is done. */
  RENAME_REFUSED,
  /** A change of {@code userName} is a success that leaves it. */
  RENAME_IGNORED,
  /** A change of {@code password} is 400; usually it is done. */
  PASSWORD_REFUSED,
  /** User names have letters, digits, dot, line and hyphen; others are 500. Usually any text. */
  PLAIN_NAMES,
  /** A taken user name is 400; usually 500 with 11000. */
  TAKEN_400,
  /** 500 comes without number and words; usually with 11000 and what is wrong. */
  BARE_SERVER_ERRORS,
  /** {@code GET} and {@code DELETE /users/{oid}} are no calls: 404; usually they are. */
  NO_SINGLE_USERS;

  /** As a command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
