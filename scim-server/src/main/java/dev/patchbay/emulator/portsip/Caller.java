package dev.patchbay.emulator.portsip;

/** Whose token a call carries. */
sealed interface Caller {
  /** The bridge's own account, with all rights of the tenant. */
  record ServiceAccount() implements Caller {}

  /** A user of the PBX, with the rights of the role it has now. */
  record User(String id) implements Caller {}

  /** Nobody: the call needs no token. */
  record Nobody() implements Caller {}
}
