package dev.patchbay.keycloak.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long NOON = Duration.ofHours(12).toMillis();

  @Test
  void everythingIsComparedByTheHour() {
    var sync = ended(SyncKind.NONE, NOON);

    assertThat(wanted(sync, HOUR, NOON + HOUR.toMillis() - 1)).isEqualTo(SyncKind.NONE);
    assertThat(wanted(sync, HOUR, NOON + HOUR.toMillis())).isEqualTo(SyncKind.FULL);
  }

  /** As one that was made by a node whose clock was an hour ahead. */
  @Test
  void aComparisonThatIsYetToComeIsNotWaitedFor() {
    var sync = ended(SyncKind.NONE, NOON + HOUR.toMillis());

    assertThat(wanted(sync, HOUR, NOON)).isEqualTo(SyncKind.FULL);
    assertThat(wanted(sync, HOUR, NOON + HOUR.toMillis() - 1000)).isEqualTo(SyncKind.NONE);
  }

  @Test
  void neverByItselfIfThatIsTheSetting() {
    assertThat(wanted(ended(SyncKind.NONE, NOON), Duration.ZERO, 100 * NOON))
        .isEqualTo(SyncKind.NONE);
  }

  @Test
  void whatIsAskedForDoesNotWaitForTheHour() {
    assertThat(wanted(ended(SyncKind.LOCAL, NOON), HOUR, NOON)).isEqualTo(SyncKind.LOCAL);
  }

  @Test
  void theHourIsNotLostToASmallerWish() {
    assertThat(wanted(ended(SyncKind.LOCAL, NOON), HOUR, NOON + HOUR.toMillis()))
        .isEqualTo(SyncKind.FULL);
  }

  @Test
  void whatAnotherNodeDidNotEndBeginsAgain() {
    var left = new Sync(SyncKind.NONE, SyncKind.FULL, NOON, 0, 0, 0, 0, 0);

    assertThat(wanted(left, HOUR, NOON + 1)).isEqualTo(SyncKind.FULL);
  }

  private static SyncKind wanted(Sync sync, Duration every, long now) {
    return Comparisons.wanted(sync, every, now);
  }

  private static Sync ended(SyncKind asked, long at) {
    return new Sync(asked, SyncKind.NONE, at - 1000, at, 0, 0, 0, 0);
  }
}
