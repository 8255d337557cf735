package dev.patchbay.keycloak.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SetClock machine = new SetClock(NOON);
  private long nanos = 7;
  private final Clock clock = new SteadyClock(machine, () -> nanos);

  @Test
  void goesOnWhenTheMachinesClockIsSetBack() {
    machine.set(NOON.minus(Duration.ofHours(1)));
    nanos += Duration.ofSeconds(2).toNanos();

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void followsTheMachinesClockForward() {
    machine.set(NOON.plus(Duration.ofHours(1)));
    nanos += 1;
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)));

    machine.set(NOON);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)).plusSeconds(1));
  }
}
