package dev.patchbay.reconcile;

import dev.patchbay.directory.Adoption.Identity;
import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.PbxRef;
import java.util.Optional;

/**
 * A user or group on the PBX that no entry knows.
 *
 * @param identity what the create that may take it is known by; set once it is confirmed
 */
public record Candidate(
    EntryType type,
    PbxRef ref,
    String name,
    Optional<String> extension,
    Optional<String> email,
    Optional<String> displayName,
    State state,
    Optional<Identity> identity) {

  /** What can be done with it. */
  public enum State {
    /** It may be confirmed to be somebody's. */
    FREE,
    CONFIRMED,
    /** The PBX's own synchronisation keeps it; it cannot be taken. */
    MANAGED
  }
}
