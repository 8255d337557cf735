package dev.patchbay.keycloak.drain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The machine's clock, but never back: when that is set back, time goes on by the node's watch.
 * What was put off for a minute waits a minute.
 */
final class SteadyClock extends Clock {
  private final Clock machine;
  private final LongSupplier nanos;
  private Instant last;
  private long lastNanos;

  /**
   * @param nanos a watch that nobody sets
   */
  SteadyClock(Clock machine, LongSupplier nanos) {
    this.machine = machine;
    this.nanos = nanos;
    this.last = machine.instant();
    this.lastNanos = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long now = nanos.getAsLong();
    Instant byWatch = last.plusNanos(now - lastNanos);
    Instant byMachine = machine.instant();
    last = byMachine.isAfter(byWatch) ? byMachine : byWatch;
    lastNanos = now;
    return last;
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SteadyClock(machine.withZone(zone), nanos);
  }
}
