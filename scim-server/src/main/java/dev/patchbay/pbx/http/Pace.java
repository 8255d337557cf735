package dev.patchbay.pbx.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How many requests one PBX is sent: evenly, so that its own limit is never met. What a minute
 * allows is given out second by second, so an idle second is not saved up for a burst. Bridges that
 * call the same PBX have equal parts of it.
 */
final class Pace {
  private static final int SECONDS = 60;

  private final String pbx;
  private final int perMinute;
  private final Duration patience;
  private final IntSupplier bridges;
  private volatile Part part;

  private record Part(int bridges, RateLimiter limiter) {}

  /**
   * The pace of one PBX.
   *
   * @param perMinute of all bridges together; 0 for no limit
   * @param patience how long one request waits
   * @param bridges how many there are now
   */
  Pace(String pbx, int perMinute, Duration patience, IntSupplier bridges) {
    this.pbx = pbx;
    this.perMinute = perMinute;
    this.patience = patience;
    this.bridges = bridges;
    this.part = part(Math.max(1, bridges.getAsInt()));
  }

  /** Waits for a turn; false when none came in time. */
  boolean await() {
    return perMinute == 0 || current().limiter().acquirePermission();
  }

  /** What this bridge may send in a minute now; 0 for no limit. */
  int perMinute() {
    return perMinute == 0 ? 0 : share(Math.max(1, bridges.getAsInt()));
  }

  /** Bridges come and go seldom; whoever waits then waits by the old pace. */
  private Part current() {
    int now = Math.max(1, bridges.getAsInt());
    if (part.bridges() != now) {
      part = part(now);
    }
    return part;
  }

  private Part part(int count) {
    int share = share(count);
    int atOnce = Math.max(1, share / SECONDS);
    var config =
        RateLimiterConfig.custom()
            .limitForPeriod(atOnce)
            .limitRefreshPeriod(Duration.ofSeconds(SECONDS).multipliedBy(atOnce).dividedBy(share))
            .timeoutDuration(patience)
            .build();
    return new Part(count, RateLimiter.of(pbx, config));
  }

  private int share(int count) {
    return Math.max(1, perMinute / count);
  }
}
