package dev.patchbay.pbx.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/**
 * How many requests one PBX is sent: evenly, so that its own limit is never met. What a minute
 * allows is given out second by second, so an idle second is not saved up for a burst.
 */
interface Pace {
  int SECONDS = 60;

  /** Waits for a turn; false when none came in time. */
  boolean await();

  /**
   * The pace of one PBX.
   *
   * @param requestsPerMinute 0 for no limit
   * @param patience how long one request waits
   */
  static Pace of(String pbx, int requestsPerMinute, Duration patience) {
    if (requestsPerMinute == 0) {
      return () -> true;
    }
    int atOnce = Math.max(1, requestsPerMinute / SECONDS);
    var config =
        RateLimiterConfig.custom()
            .limitForPeriod(atOnce)
            .limitRefreshPeriod(
                Duration.ofSeconds(SECONDS).multipliedBy(atOnce).dividedBy(requestsPerMinute))
            .timeoutDuration(patience)
            .build();
    return RateLimiter.of(pbx, config)::acquirePermission;
  }
}
