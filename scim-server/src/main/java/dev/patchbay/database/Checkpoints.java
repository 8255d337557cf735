package dev.patchbay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * Copies what was committed from SQLite's write-ahead log into its file, beside those who write. In
 * a commit, where SQLite does it of its own accord, everybody would wait for it: 20 to 30 ms a
 * second under load. What is committed is on disk in the log already.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** A commit is 10 to 30 pages. */
  private static final int COMMITS = 64;

  private final SQLiteDataSource file;
  private final AtomicInteger commits = new AtomicInteger();

  /** One at a time, and one behind it; there is nothing to do for more, nor when we stop. */
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          Thread.ofPlatform().daemon().name("store-checkpoints").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  Checkpoints(SQLiteDataSource file) {
    this.file = file;
  }

  /** After each commit; returns at once. */
  void committed() {
    if (commits.incrementAndGet() % COMMITS == 0) {
      thread.execute(this::copy);
    }
  }

  /** If it fails, the writer does it, later and more of it at once. */
  private void copy() {
    try (Connection connection = file.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("pragma wal_checkpoint(passive)");
    } catch (SQLException e) {
      LOG.warn("store not checkpointed reason=\"{}\"", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
