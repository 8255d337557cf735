package dev.patchbay.pbx.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An object as it was read from a phone system.
 *
 * @param createdAt when the PBX made it, in our clock (the PBX's skew is taken out), if it says so
 * @param managedByPbx whether it is the PBX's own (synchronised from elsewhere, or built in) and we
 *     must keep off
 */
public record Found<T>(PbxRef ref, T value, Optional<Instant> createdAt, boolean managedByPbx) {}
