package dev.patchbay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.pbx.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class LogCleaningTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private final TestStore store;
  private final MovableClock clock = new MovableClock(NOW);
  private Database database;

  LogCleaningTest(TestStore store) {
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
  void whatIsOlderThanItMayBecomeIsForgotten() {
    lines(ProvisioningLog.BATCH + 5, NOW.minus(MONTH).minusMillis(1));
    lines(3, NOW.minus(MONTH));

    clean();

    assertThat(count()).isEqualTo(3);
  }

  @Test
  void onceADayInOneOfTheProcesses() {
    clean();
    lines(1, NOW.minus(MONTH).minusMillis(1));

    clean();
    assertThat(count()).isEqualTo(1);

    clock.advance(Duration.ofDays(1));
    clean();
    assertThat(count()).isZero();
  }

  /** As another process does, which knows nothing of the last time. */
  private void clean() {
    try (var cleaning = new LogCleaning(database, MONTH, clock)) {
      cleaning.look();
    }
  }

  private void lines(int number, Instant at) {
    database.run(
        handle -> {
          for (int i = 0; i < number; i++) {
            ProvisioningLog.add(
                handle,
                new ProvisioningLog.Line(
                    at, "office", "x", "User", "ada", "idp", "patch", "synced", "", null));
          }
        });
  }

  private long count() {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from provisioning_log").mapTo(Long.class).one());
  }
}
