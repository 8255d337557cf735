package dev.patchbay.keycloak.drain;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Twice as long each time, within a limit, and not all at the same moment. */
record Backoff(Duration first, Duration limit) {
  /**
   * @param attempts how many failed so far, from 1
   */
  Duration after(int attempts) {
    long full = first.toMillis() << Math.min(attempts - 1, 20);
    long millis = Math.min(full, limit.toMillis());
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
