package dev.patchbay.keycloak.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.SetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SetClock clock = new SetClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final Patience patience = new Patience(clock);

  @Test
  void nothingIsSentWhileTheTargetHasTooMuchToDo() {
    patience.throttled(MINUTE);

    clock.advance(Duration.ofSeconds(59));
    assertThat(patience.left()).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(patience.left()).isEmpty();
  }

  @Test
  void oneWhomThePhoneSystemIsBusyWithKeepsNobodyElseBack() {
    for (int i = 0; i < 9; i++) {
      patience.unavailable(MINUTE);
      patience.unavailable(MINUTE);
      patience.answered();
    }

    assertThat(patience.left()).isEmpty();
  }

  @Test
  void aTargetThatHasNothingForAnybodyIsLeftAlone() {
    patience.unavailable(Duration.ofSeconds(5));
    patience.unavailable(Duration.ofSeconds(5));
    patience.unavailable(Duration.ofSeconds(5));

    assertThat(patience.left()).contains(Duration.ofSeconds(5));
  }

  /** A bridge may want a leaver to wait for five minutes; joiners need not. */
  @Test
  void nobodyWaitsForLongForTheSakeOfOthers() {
    patience.unavailable(MINUTE);
    patience.unavailable(MINUTE);
    patience.unavailable(MINUTE);

    assertThat(patience.left()).contains(Duration.ofSeconds(30));
  }

  @Test
  void aShorterWishDoesNotEndALongerOne() {
    patience.throttled(MINUTE);
    patience.throttled(Duration.ofSeconds(1));

    assertThat(patience.left()).contains(MINUTE);
  }

  @Test
  void anAdministratorEndsIt() {
    patience.throttled(MINUTE);

    patience.end();

    assertThat(patience.left()).isEmpty();
  }
}
