package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.journal.Direction;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({"1,PT2S", "2,PT4S", "5,PT32S", "9,PT512S", "10,PT10M", "1000,PT10M"})
  void restsLongerEachTimeUpToTenMinutes(int attempts, Duration expected) {
    for (int i = 0; i < 100; i++) {
      assertThat(Backoff.pause(work("entry " + i, false), attempts))
          .isBetween(expected.multipliedBy(3).dividedBy(4), expected);
    }
  }

  @Test
  void restsAMinuteAtMostBeforeWhatTakesAway() {
    assertThat(Backoff.pause(work("ada", true), 1000)).isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void spreadsWhatFailedTogether() {
    var pauses =
        IntStream.range(0, 100)
            .mapToObj(i -> Backoff.pause(work("entry " + i, false), 10))
            .collect(Collectors.toSet());

    assertThat(pauses).hasSizeGreaterThan(90);
  }

  private static JournalEntry work(String entryId, boolean offBoarding) {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    return new JournalEntry(
        entryId,
        "office",
        Optional.empty(),
        1,
        Direction.FORWARD,
        1,
        "idp",
        offBoarding,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        now,
        Optional.empty(),
        now,
        new SecretSlot.Empty());
  }
}
