package dev.patchbay.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Repeats an attempt for a bounded time. */
final class Waiting {
  /**
   * Between two looks at work of another process or a quiet time, twice as long each time; a lock
   * wakes its waiter itself.
   */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Duration LONGEST = Duration.ofMillis(50);

  private final Clock clock;
  private final Instant end;

  private Waiting(Clock clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  static Waiting upTo(Duration limit, Clock clock) {
    return new Waiting(clock, clock.instant().plus(limit));
  }

  /** The first result; empty when the time is used up. The attempt is told the time left. */
  <T> Optional<T> until(Function<Duration, Optional<T>> attempt) {
    for (long pause = SHORTEST.toNanos(); ; pause = Math.min(2 * pause, LONGEST.toNanos())) {
      var left = Duration.between(clock.instant(), end);
      var result = attempt.apply(left.isNegative() ? Duration.ZERO : left);
      if (result.isPresent() || !left.isPositive()) {
        return result;
      }
      // Not all of it: those who began to wait together are not to look together.
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
    }
  }

  /** As {@link #until}, with the name held; empty, too, when somebody else has it all the time. */
  <T> Optional<T> holding(EntryLocks locks, String name, Supplier<Optional<T>> attempt) {
    return until(
        left -> {
          try (var held = locks.take(name, left)) {
            return attempt.get();
          } catch (EntryLocks.Busy busy) {
            return Optional.empty();
          }
        });
  }
}
