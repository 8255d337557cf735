package dev.patchbay.provisioning;

import dev.patchbay.journal.JournalEntry;
import java.time.Duration;

/** How long open work rests between two tries. */
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LONGEST_FOR_LEAVERS = Duration.ofMinutes(1);

  private Backoff() {}

  /** 2 s, 4 s, 8 s …; what takes away is never put off for long. */
  static Duration pause(JournalEntry open, int attempts) {
    var pause = Duration.ofSeconds(1L << Math.min(attempts, 10));
    var longest = open.offBoarding() ? LONGEST_FOR_LEAVERS : LONGEST;
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
