package dev.patchbay.journal;

import dev.patchbay.database.Database;
import dev.patchbay.database.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old lines of the provisioning log, once a day in one of the processes of a store. */
public final class LogCleaning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogCleaning.class);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration FIRST = Duration.ofMinutes(1);

  private final Database database;
  private final Rounds rounds;
  private final Duration keep;
  private final Clock clock;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("log-cleaning").factory());

  LogCleaning(Database database, Duration keep, Clock clock) {
    this.database = database;
    this.rounds = new Rounds(database, "provisioning log");
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Cleans from now on.
   *
   * @param keep how old a line becomes
   */
  public static LogCleaning start(Database database, Duration keep, Clock clock) {
    var cleaning = new LogCleaning(database, keep, clock);
    var unused =
        cleaning.worker.scheduleWithFixedDelay(
            cleaning::look, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return cleaning;
  }

  /** Cleans, if nobody has today. */
  void look() {
    try {
      var now = clock.instant();
      if (rounds.begins(now, DAY)) {
        clean(now.minus(keep));
      }
    } catch (RuntimeException e) {
      LOG.error("the provisioning log could not be cleaned", e); // a schedule ends with a throw
    }
  }

  /** Batch by batch, so that no write waits for long. */
  private void clean(Instant before) {
    long gone = 0;
    int some;
    do {
      some = database.write(handle -> ProvisioningLog.forget(handle, before));
      gone += some;
    } while (some == ProvisioningLog.BATCH && !worker.isShutdown());
    LOG.info("provisioning log cleaned lines={} before={}", gone, before);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
