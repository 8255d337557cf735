package dev.patchbay.keycloak.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Instant machine = NOON;
  private long nanos = 7;
  private final Clock clock = new SteadyClock(new Machine(), () -> nanos);

  @Test
  void goesOnWhenTheMachinesClockIsSetBack() {
    machine = NOON.minus(Duration.ofHours(1));
    nanos += Duration.ofSeconds(2).toNanos();

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void followsTheMachinesClockForward() {
    machine = NOON.plus(Duration.ofHours(1));
    nanos += 1;
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)));

    machine = NOON;
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)).plusSeconds(1));
  }

  private final class Machine extends Clock {
    @Override
    public Instant instant() {
      return machine;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
