package dev.patchbay.directory;

/** Who has a name or number that was asked for. */
public sealed interface Holder {
  /** Nobody else: it is now the asking entry's. */
  record Granted() implements Holder {}

  /** Another entry; {@code settled} says whether the write that took it has ended. */
  record Taken(String entryId, boolean settled) implements Holder {}

  /** An object on the PBX that is not ours, or a number still in quarantine. */
  record NotOurs() implements Holder {}
}
