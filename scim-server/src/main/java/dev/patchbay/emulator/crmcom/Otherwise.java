package dev.patchbay.emulator.crmcom;

import java.util.Locale;

/** What the vendor does not say, and a CRM.COM may do in another way than the usual one. */
public enum Otherwise {
  /** Dates are as in 01/03/2025; usually as in 2025-03-01. */
  DAY_FIRST,
  /** A new user is answered as it is; usually in an envelope as that of the sign-in. */
  BARE_USER,
  /** A token that is no good gets HTTP status 401; usually that of other refusals. */
  TOKEN_401;

  /** As a command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
