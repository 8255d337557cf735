package dev.patchbay.keycloak.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.drain.Verdict.Block;
import dev.patchbay.keycloak.drain.Verdict.Wait;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void anOutageCountsNoAttempt() {
    var verdict = Verdict.of(new Unavailable("HTTP 502", Optional.empty()), 9, 10);

    assertThat(verdict).isInstanceOf(Wait.class);
    assertThat(verdict.attempts()).isEqualTo(9);
  }

  /** Else the one that the target is busy with would be first in line again, for ever. */
  @Test
  void whoWasAskedToWaitComesBehindThoseWhoWereNotTried() {
    var asked = Verdict.of(new Unavailable("HTTP 503", Optional.of(MINUTE)), 0, 10);
    var untried = Verdict.of(new Postponed("the target asked to wait", MINUTE), 0, 10);

    assertThat(((Wait) asked).time()).isGreaterThan(((Wait) untried).time());
    assertThat(untried).isEqualTo(new Wait(0, MINUTE));
  }

  @Test
  void aFailureCountsUntilAPersonHasToLook() {
    assertThat(Verdict.of(new Failed("HTTP 500"), 8, 10)).isInstanceOf(Wait.class);
    assertThat(Verdict.of(new Failed("HTTP 500"), 9, 10)).isEqualTo(new Block(10));
  }
}
