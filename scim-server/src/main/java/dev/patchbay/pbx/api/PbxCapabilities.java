package dev.patchbay.pbx.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What one phone system can do.
 *
 * @param fixed fields that cannot change once the user exists
 * @param unread fields no read shows: that one is missing from what was read says nothing, and what
 *     is known of it is what was written
 * @param maxLength the longest value per field, in UTF-16 characters; no entry, no limit
 * @param callLimit the longest one call may take before it is given up
 * @param quietTime how long after giving a call up it may still take effect
 * @param maxParallel calls that may be under way at once
 * @param deleteDropsMemberships whether deleting a user provably removes its memberships
 * @param permissions what roles may allow; none: roles cannot be made or changed
 */
public record PbxCapabilities(
    Set<PbxField> fixed,
    Set<PbxField> unread,
    Map<PbxField, Integer> maxLength,
    Duration callLimit,
    Duration quietTime,
    int maxParallel,
    boolean deleteDropsMemberships,
    PbxPermissions permissions) {
  public PbxCapabilities {
    fixed = Set.copyOf(fixed);
    unread = Set.copyOf(unread);
    maxLength = Map.copyOf(maxLength);
  }

  public PbxCapabilities withCallLimit(Duration limit) {
    return new PbxCapabilities(
        fixed,
        unread,
        maxLength,
        limit,
        quietTime,
        maxParallel,
        deleteDropsMemberships,
        permissions);
  }
}
