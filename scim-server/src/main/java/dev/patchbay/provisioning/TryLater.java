package dev.patchbay.provisioning;

import java.time.Duration;

/** The request is fine and cannot be done now; the sender should repeat it. */
public final class TryLater extends RuntimeException {
  private final Duration after;
  private final boolean throttled;

  private TryLater(Duration after, boolean throttled, String detail) {
    super(detail, null, false, false);
    this.after = after;
    this.throttled = throttled;
  }

  /** The phone system or the work already under way keeps the request from being done. */
  static TryLater unavailable(Duration after, String detail) {
    return new TryLater(after, false, detail);
  }

  static TryLater underWay() {
    return unavailable(Duration.ofSeconds(1), "another write to it is under way");
  }

  /** The phone system asked for fewer calls. */
  static TryLater throttled(Duration after, String detail) {
    return new TryLater(after, true, detail);
  }

  /** How long the sender should wait; at least a second on the wire. */
  public Duration after() {
    return after;
  }

  public boolean throttled() {
    return throttled;
  }

  /** What to tell the sender. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
