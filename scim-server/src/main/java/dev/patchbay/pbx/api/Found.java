package dev.patchbay.pbx.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An object as it was read from a phone system.
 *
 * @param createdAt when the PBX made it, in our clock (the PBX's skew is taken out), if it says so
 * @param managedByPbx whether the PBX maintains it from a source of its own and we must keep off
 */
public record Found<T>(PbxRef ref, T value, Optional<Instant> createdAt, boolean managedByPbx) {}
