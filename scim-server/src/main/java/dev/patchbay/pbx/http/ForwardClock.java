package dev.patchbay.pbx.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that never goes back. When the machine's is set back, this one goes on from where it was:
 * a pause that was to take ten seconds takes no hour. For pauses only; what others compare with
 * their clocks needs the machine's.
 */
public final class ForwardClock extends Clock {
  private final Clock machine;
  private Duration ahead = Duration.ZERO;
  private Instant last = Instant.MIN;

  public ForwardClock(Clock machine) {
    this.machine = machine;
  }

  @Override
  public synchronized Instant instant() {
    var now = machine.instant().plus(ahead);
    if (now.isBefore(last)) {
      ahead = ahead.plus(Duration.between(now, last));
      now = last;
    }
    last = now;
    return now;
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ForwardClock(machine.withZone(zone));
  }
}
