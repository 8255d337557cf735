package dev.patchbay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
  private final Secret random = TokenHash.randomToken();
  private final Secret chosen = Secret.of("demo");
  private final KnownTokens<String> tokens =
      new KnownTokens<>(Map.of(TokenHash.of(random), "entra", TokenHash.of(chosen), "okta"));

  @Test
  void tellsWhatATokenStandsForEachTimeItIsAsked() {
    for (int time = 0; time < 3; time++) {
      assertThat(tokens.find(random)).contains("entra");
      assertThat(tokens.find(chosen)).contains("okta");
    }
  }

  @Test
  void doesNotKnowAnotherTokenHoweverOftenItComes() {
    for (int time = 0; time < 3; time++) {
      assertThat(tokens.find(Secret.of("demo2"))).isEmpty();
    }
  }

  @Test
  void remembersWhatASlowCheckFound() {
    tokens.find(chosen);

    long start = System.nanoTime();
    for (int time = 0; time < 1000; time++) {
      tokens.find(chosen);
    }

    // One slow check alone takes tens of milliseconds; a thousand would take a minute.
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }
}
