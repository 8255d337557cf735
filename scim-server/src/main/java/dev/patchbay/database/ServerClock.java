package dev.patchbay.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of the database server: told now and then, and in between counted by what no change of
 * this machine's clock moves. It is right to half of what a question takes.
 */
final class ServerClock extends Clock {
  /** A question that took longer says little; the next one will be faster. */
  private static final Duration SLOW = Duration.ofMillis(500);

  private volatile Told told;

  /**
   * @param at what the server said
   * @param nanos {@link System#nanoTime} at that moment
   */
  private record Told(Instant at, long nanos) {}

  private ServerClock(Told first) {
    this.told = first;
  }

  /**
   * A clock that begins with an answer of the server.
   *
   * @param asked {@link System#nanoTime} before the question; {@code answered} behind the answer
   */
  static ServerClock told(Instant at, long asked, long answered) {
    return new ServerClock(new Told(at, middle(asked, answered)));
  }

  void tell(Instant at, long asked, long answered) {
    if (answered - asked <= SLOW.toNanos()) {
      told = new Told(at, middle(asked, answered));
    }
  }

  private static long middle(long asked, long answered) {
    return asked + (answered - asked) / 2;
  }

  @Override
  public Instant instant() {
    var last = told;
    return last.at().plusNanos(System.nanoTime() - last.nanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("times are kept as instants");
  }
}
