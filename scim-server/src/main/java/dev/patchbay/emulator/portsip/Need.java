package dev.patchbay.emulator.portsip;

/** What a call asks of its token. */
enum Need {
  NOTHING,
  TOKEN,
  /** The permission {@code user_management.users}. */
  USERS,
  /** The permission {@code user_management.roles}. */
  ROLES
}
