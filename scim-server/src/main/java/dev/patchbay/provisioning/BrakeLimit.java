package dev.patchbay.provisioning;

import dev.patchbay.config.Section;

/**
 * How many people may be put out at once before somebody has to look.
 *
 * @param atLeast so many are always let through
 * @param percent of all users, where that is more
 */
public record BrakeLimit(int atLeast, int percent) {
  public static final BrakeLimit USUAL = new BrakeLimit(10, 10);

  public static BrakeLimit from(Section section) {
    return new BrakeLimit(
        section.integer("at-least", USUAL.atLeast, 0, 1_000_000),
        section.integer("percent", USUAL.percent, 0, 100));
  }

  /** The most that is let through where there are so many users. */
  public long of(long users) {
    return Math.max(atLeast, users * percent / 100);
  }
}
