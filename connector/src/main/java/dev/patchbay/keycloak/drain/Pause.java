package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

/** For how long a target is left alone. */
final class Pause {
  private static final Backoff SHORT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final Clock clock;
  private volatile long until;
  private int inVain;

  Pause(Clock clock) {
    this.clock = clock;
  }

  boolean over() {
    return clock.millis() >= until;
  }

  /** An administrator's word. */
  void end() {
    until = 0;
  }

  /** While nothing gets through, nothing more is tried for a moment. */
  void after(int all, Collection<ScimFailure> failures) {
    if (failures.stream().anyMatch(Unauthorized.class::isInstance)) {
      last(Verdict.LOCKED_OUT);
    } else if (failures.size() == all && failures.stream().allMatch(Pause::mayPass)) {
      inVain();
    } else {
      inVain = 0;
    }
  }

  private static boolean mayPass(ScimFailure failure) {
    return failure instanceof Unavailable || failure instanceof Postponed;
  }

  /** What was tried came to nothing. How long the pause is. */
  Duration inVain() {
    return last(SHORT.after(++inVain));
  }

  /** At least so long. How long that is. */
  Duration last(Duration time) {
    until = Math.max(until, clock.millis() + time.toMillis());
    return time;
  }
}
