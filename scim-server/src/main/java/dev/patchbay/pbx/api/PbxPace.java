package dev.patchbay.pbx.api;

import java.time.Duration;

/**
 * How long calls take and how many there may be.
 *
 * @param callLimit the longest one call may take before it is given up
 * @param quietTime how long after giving a call up it may still take effect
 * @param maxParallel calls that may be under way at once
 */
public record PbxPace(Duration callLimit, Duration quietTime, int maxParallel) {}
