package dev.patchbay.reconcile;

import dev.patchbay.config.Section;
import dev.patchbay.provisioning.BrakeLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a tenant is compared with its PBX, and what is done then;
 * docs/reference/configuration.md has the keys.
 *
 * @param every empty: only when an operator asks
 * @param repair what a scheduled comparison does
 */
public record ReconcileSettings(Optional<Duration> every, RepairPolicy repair, BrakeLimit brake) {
  private static final Duration USUAL = Duration.ofHours(24);

  public static ReconcileSettings from(Section section) {
    var every = section.duration("every", USUAL, Duration.ZERO, Duration.ofDays(365));
    return new ReconcileSettings(
        Optional.of(every).filter(Duration::isPositive),
        section.choice("repair", RepairPolicy.REPORT),
        section.section("brake").read(BrakeLimit::from).orElse(BrakeLimit.USUAL));
  }
}
