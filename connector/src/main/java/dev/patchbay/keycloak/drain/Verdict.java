package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import java.time.Duration;

/** What becomes of work that failed. */
sealed interface Verdict {
  /**
   * A refusal is not taken back by asking often; but another change may be on its way that makes
   * room.
   */
  int REFUSALS = 3;

  Duration LOCKED_OUT = Duration.ofSeconds(30);
  Backoff RETRY = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10));

  /** How often it was tried, this time included if that counts. */
  int attempts();

  /** It is sent again after this time. */
  record Wait(int attempts, Duration time) implements Verdict {}

  /** A person has to look. */
  record Block(int attempts) implements Verdict {}

  /**
   * Counts only what the target says about this one thing.
   *
   * @param attempts that counted so far
   * @param most that may count before a person has to look
   */
  static Verdict of(ScimFailure failure, int attempts, int most) {
    if (failure instanceof Postponed it) {
      return new Wait(attempts, it.time());
    }
    if (failure instanceof Unavailable it) {
      // behind those that were not tried because of it: one alone may be what the target is busy
      // with
      return new Wait(attempts, it.retryAfter().orElse(Duration.ZERO).plus(RETRY.after(1)));
    }
    if (failure instanceof Unauthorized) {
      return new Wait(attempts, LOCKED_OUT);
    }
    if (failure instanceof Rejected) {
      return counted(attempts + 1, Math.min(REFUSALS, most));
    }
    if (failure instanceof Failed) {
      return counted(attempts + 1, most);
    }
    throw new IllegalStateException("unknown failure " + failure);
  }

  private static Verdict counted(int attempts, int most) {
    return attempts >= most ? new Block(attempts) : new Wait(attempts, RETRY.after(attempts));
  }
}
