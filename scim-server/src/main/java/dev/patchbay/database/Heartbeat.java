package dev.patchbay.database;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the database that this bridge is alive, hears how many are, and what time it is there.
 * Whether somebody else's work may be taken over is not decided by this, but by its lease.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** Four missed beats and a bit: a slow database is not a dead bridge. */
  private static final Duration SILENCE = Duration.ofSeconds(9);

  private static final String BEAT =
      """
      insert into replica (id, seen_at)
      values (?, cast(extract(epoch from clock_timestamp()) * 1000 as bigint))
      on conflict (id) do update set seen_at = excluded.seen_at returning seen_at
      """;

  private final Jdbi store;
  private final String id;
  private final ServerClock clock;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private volatile int live;

  private Heartbeat(Jdbi store, String id, ServerClock clock, int live) {
    this.store = store;
    this.id = id;
    this.clock = clock;
    this.live = live;
  }

  /**
   * Counts this bridge from now on.
   *
   * @param id of this process alone
   */
  static Heartbeat start(Jdbi store, String id) {
    long asked = System.nanoTime();
    var at = store.withHandle(handle -> beat(handle, id));
    var clock = ServerClock.told(at, asked, System.nanoTime());
    var heartbeat = new Heartbeat(store, id, clock, store.withHandle(it -> count(it, at)));
    // A beat ends in no exception, so there is no result to look at.
    var unused =
        heartbeat.worker.scheduleWithFixedDelay(
            heartbeat::beat, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  ServerClock clock() {
    return clock;
  }

  /** How many bridges have this database, this one included; while it is gone, the last figure. */
  int live() {
    return live;
  }

  private void beat() {
    try {
      store.useHandle(
          handle -> {
            long asked = System.nanoTime();
            var at = beat(handle, id);
            clock.tell(at, asked, System.nanoTime());
            int now = count(handle, at);
            if (now != live) {
              LOG.info("bridges on this database: {}", now);
            }
            live = now;
          });
    } catch (RuntimeException e) {
      LOG.warn("the database does not hear this bridge reason=\"{}\"", e.getMessage());
    }
  }

  private static Instant beat(Handle handle, String id) {
    return handle.createQuery(BEAT).bind(0, id).mapTo(Long.class).map(Instant::ofEpochMilli).one();
  }

  private static int count(Handle handle, Instant now) {
    long oldest = now.minus(SILENCE).toEpochMilli();
    handle.execute("delete from replica where seen_at < ?", oldest);
    return handle.createQuery("select count(*) from replica").mapTo(Integer.class).one();
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      store.useHandle(handle -> handle.execute("delete from replica where id = ?", id));
    } catch (RuntimeException e) {
      LOG.debug("the others will count this bridge for {} more", SILENCE, e);
    }
  }
}
