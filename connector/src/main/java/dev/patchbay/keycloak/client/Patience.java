package dev.patchbay.keycloak.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a target asks to be left alone ({@code Retry-After}). 429 is about all that we send. 503
 * may be about one user alone, whom the phone system is busy with: only when nothing else comes
 * between several of them, all is meant.
 */
final class Patience {
  private static final int IN_A_ROW = 3;

  /** Nobody waits longer for another user's sake. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Clock clock;
  private Instant until = Instant.MIN;
  private int unavailable;

  Patience(Clock clock) {
    this.clock = clock;
  }

  /** The target did something else than ask to wait. */
  synchronized void answered() {
    unavailable = 0;
  }

  /** The target answered 429. */
  synchronized void throttled(Duration wait) {
    until = latest(clock.instant().plus(wait));
  }

  /** The target answered 503. */
  synchronized void unavailable(Duration wait) {
    if (++unavailable >= IN_A_ROW) {
      until = latest(clock.instant().plus(wait.compareTo(LIMIT) < 0 ? wait : LIMIT));
    }
  }

  private Instant latest(Instant other) {
    return other.isAfter(until) ? other : until;
  }

  /** How long nothing is sent; none if anything may. */
  synchronized Optional<Duration> left() {
    Duration left = until.equals(Instant.MIN) ? Duration.ZERO : between(clock.instant(), until);
    return left.isZero() ? Optional.empty() : Optional.of(left);
  }

  private static Duration between(Instant now, Instant then) {
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }

  /** An administrator's word: it is tried at once. */
  synchronized void end() {
    until = Instant.MIN;
  }
}
