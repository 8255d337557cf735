package dev.patchbay.pbx.http;

import java.time.Duration;

/**
 * The time one call of the port may take, all its requests together. What only prepares an effect
 * (a log-in, a read before a write) has to end in the first half, so that an effect always has half
 * the limit to be answered in.
 */
public final class CallTime {
  private final long start = System.nanoTime();
  private final Duration limit;
  private final Turn turn;

  public CallTime(Duration limit) {
    this(limit, Turn.USUAL);
  }

  /**
   * @param turn of all its requests
   */
  public CallTime(Duration limit, Turn turn) {
    this.limit = limit;
    this.turn = turn;
  }

  public Turn turn() {
    return turn;
  }

  /** What is left; zero or negative when it is over. */
  public Duration left() {
    return limit.minusNanos(System.nanoTime() - start);
  }

  /** What is left for preparing; zero or negative when it is over. */
  public Duration leftToPrepare() {
    return left().minus(limit.dividedBy(2));
  }
}
