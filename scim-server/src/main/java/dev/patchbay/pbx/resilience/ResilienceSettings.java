package dev.patchbay.pbx.resilience;

import dev.patchbay.config.Section;
import java.time.Duration;

/**
 * When a PBX counts as down, and how often a call that cannot have begun is tried; each key is in
 * docs/reference/configuration.md.
 *
 * @param attempts of a call that may be sent again, the first included
 * @param window the last calls that are looked at
 * @param failureRate percent of them that failed from which on the PBX is left alone
 * @param openFor how long it is left alone before it is tried again
 */
public record ResilienceSettings(int attempts, int window, int failureRate, Duration openFor) {

  public static ResilienceSettings from(Section section) {
    return new ResilienceSettings(
        section.integer("attempts", 2, 1, 5),
        section.integer("window", 20, 2, 1000),
        section.integer("failure-rate", 50, 1, 100),
        section.duration(
            "open-for", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(10)));
  }
}
