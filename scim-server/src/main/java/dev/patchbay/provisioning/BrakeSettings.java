package dev.patchbay.provisioning;

import dev.patchbay.config.Section;
import java.time.Duration;

/**
 * Whether and when identity providers that put very many people out at once have to wait;
 * docs/reference/configuration.md has the keys.
 *
 * @param window over which people are counted
 */
public record BrakeSettings(boolean on, BrakeLimit limit, Duration window) {
  /** What identity providers ask for is done. */
  public static final BrakeSettings OFF =
      new BrakeSettings(false, BrakeLimit.USUAL, Duration.ofHours(1));

  static BrakeSettings from(Section section) {
    return new BrakeSettings(
        section.bool("inbound", false),
        BrakeLimit.from(section),
        section.duration(
            "window", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(30)));
  }
}
