package dev.patchbay.emulator.portsip;

import java.util.Locale;

/** What the vendor does not say, and a PortSIP may do in another way than the usual one. */
public enum Otherwise {
  /** Taking out who is no member is 204; usually 404. */
  ABSENT_MEMBER_OK,
  /** Taking out who is no member is 400; usually 404. */
  ABSENT_MEMBER_400,
  /** 401, 403 and 404 come without a body; usually with the vendor's errors. */
  BARE_REFUSALS;

  /** As a command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
