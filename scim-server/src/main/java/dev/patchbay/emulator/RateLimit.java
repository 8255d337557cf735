package dev.patchbay.emulator;

import dev.patchbay.web.WebResponse;
import java.time.Clock;
import java.util.Optional;

/** Counts the requests of the running minute of the clock. */
final class RateLimit {
  private static final long MINUTE = 60;

  private final EmulatedLimits limits;
  private final Clock clock;
  private long minute;
  private int requests;

  RateLimit(EmulatedLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Counts one request; the refusal if it is one too many. */
  synchronized Optional<WebResponse> count() {
    if (limits.requestsPerMinute().isEmpty()) {
      return Optional.empty();
    }
    long now = clock.instant().getEpochSecond();
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      requests = 0;
    }
    requests++;
    return requests > limits.requestsPerMinute().getAsInt()
        ? Optional.of(refusal(MINUTE - now % MINUTE))
        : Optional.empty();
  }

  private WebResponse refusal(long seconds) {
    WebResponse answer =
        new ApiError(429, "TOO_MANY_REQUESTS", "rate limit reached, request throttled").answer();
    return limits.retryAfter() ? answer.header("Retry-After", Long.toString(seconds)) : answer;
  }
}
