package dev.patchbay.provisioning;

import dev.patchbay.journal.JournalEntry;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long open work rests between two tries. */
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LONGEST_FOR_LEAVERS = Duration.ofMinutes(1);

  private Backoff() {}

  /**
   * 2 s, 4 s, 8 s … or up to a quarter less, each entry at its own times: those that failed
   * together do not all come again together. What takes away is never put off for long.
   */
  static Duration pause(JournalEntry open, int attempts) {
    var pause = Duration.ofSeconds(1L << Math.min(attempts, 10));
    var longest = open.offBoarding() ? LONGEST_FOR_LEAVERS : LONGEST;
    var whole = pause.compareTo(longest) < 0 ? pause : longest;
    var random = new SplittableRandom(open.entryId().hashCode() * 31L + attempts);
    return whole.minusMillis(random.nextLong(whole.toMillis() / 4));
  }
}
