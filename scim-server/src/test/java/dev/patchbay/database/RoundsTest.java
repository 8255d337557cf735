package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class RoundsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestStore store;
  private Database database;

  RoundsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path directory) {
    database = store.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
    store.close();
  }

  @Test
  void oneOfManyBegins() throws Exception {
    Callable<Boolean> begins = () -> new Rounds(database, "roles").begins(NOW, HOUR);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(IntStream.range(0, 10).mapToObj(i -> begins).toList());

      assertThat(answers).filteredOn(Future::resultNow).hasSize(1);
    }
  }

  @Test
  void theNextRoundBeginsAfterThePeriod() {
    var rounds = new Rounds(database, "roles");
    assertThat(rounds.begins(NOW, HOUR)).isTrue();

    assertThat(rounds.begins(NOW.plus(HOUR).minusMillis(1), HOUR)).isFalse();
    assertThat(rounds.begins(NOW.plus(HOUR), HOUR)).isTrue();
    assertThat(rounds.begins(NOW.plus(HOUR), HOUR)).isFalse();
  }

  @Test
  void otherWorkHasItsOwnRounds() {
    assertThat(new Rounds(database, "roles").begins(NOW, HOUR)).isTrue();

    assertThat(new Rounds(database, "drift").begins(NOW, HOUR)).isTrue();
  }
}
