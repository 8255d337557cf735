package dev.patchbay.emulator;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts the requests of the running minute of the clock; beyond the limit they get 429. */
public final class RateLimit {
  private static final long MINUTE = 60;

  private final OptionalInt perMinute;
  private final boolean tells;
  private final Clock clock;
  private long minute;
  private int requests;

  private RateLimit(OptionalInt perMinute, boolean tells, Clock clock) {
    this.perMinute = perMinute;
    this.tells = tells;
    this.clock = clock;
  }

  /** Any number of requests. */
  public static RateLimit none() {
    return new RateLimit(OptionalInt.empty(), false, Clock.systemUTC());
  }

  /** With {@code Retry-After} in the refusals. */
  public static RateLimit telling(int perMinute, Clock clock) {
    return new RateLimit(OptionalInt.of(perMinute), true, clock);
  }

  /** Without {@code Retry-After}. */
  public static RateLimit silent(int perMinute, Clock clock) {
    return new RateLimit(OptionalInt.of(perMinute), false, clock);
  }

  /** Whether refusals say when to come back. */
  boolean tells() {
    return tells;
  }

  /** Counts one request; how many seconds to wait if it is one too many. */
  synchronized Optional<Long> count() {
    if (perMinute.isEmpty()) {
      return Optional.empty();
    }
    long now = clock.instant().getEpochSecond();
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      requests = 0;
    }
    requests++;
    return requests > perMinute.getAsInt() ? Optional.of(MINUTE - now % MINUTE) : Optional.empty();
  }
}
