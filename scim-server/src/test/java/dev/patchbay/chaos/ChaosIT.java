package dev.patchbay.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The short form of {@link Chaos}: one that is known, and another each time, which says its seed.
 */
class ChaosIT {

  /** One fault after the other in front of the other phone systems; by hand with more kills. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({"ipcortex", "xelion", "crmcom"})
  void everyPhoneSystemEndsAsTheDirectorySays(String dialect) throws Exception {
    var settings = Settings.of("any", "5", "sqlite", "4", "none", dialect);
    assertThat(Chaos.run(settings, System.out)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"21, 3, sqlite", "any, 3, postgresql"})
  void whatWasAcknowledgedIsThereAndNothingElse(String seed, String kills, String store)
      throws Exception {
    assertThat(Chaos.run(Settings.of(seed, kills, store), System.out)).isEmpty();
  }
}
