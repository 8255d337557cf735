package dev.patchbay.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short form of {@link Chaos}, another one each time; what it prints has the seed. */
class ChaosIT {

  @ParameterizedTest
  @CsvSource({"sqlite, 4", "postgresql, 3"})
  void whatWasAcknowledgedIsThereAndNothingElse(String store, String kills) throws Exception {
    assertThat(Chaos.run(Settings.of("any", kills, store), System.out)).isEmpty();
  }
}
