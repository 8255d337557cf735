package dev.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The bridge's store. A {@link #write} is one transaction and is on disk when it returns; SQLite
 * has one writer, so whatever is slow (JSON, planning) is done before.
 */
public final class Database implements AutoCloseable {
  /** SQLite readers; a request reads for well under a millisecond. */
  private static final int READERS = 4;

  /** How long a request waits for its turn to write before it fails. */
  private static final int BUSY_MILLIS = 20_000;

  /** Read without copying: 100,000 users are about 200 MB, and a commit empties a page cache. */
  private static final String MAPPED_BYTES = Long.toString(1L << 30);

  /** Pages of 4 KiB; at SQLite's 1,000 every sixteenth create would copy them all back. */
  private static final String CHECKPOINT_PAGES = "10000";

  private final HikariDataSource writer;
  private final HikariDataSource reader;
  private final Jdbi writes;
  private final Jdbi reads;

  private Database(HikariDataSource writer, HikariDataSource reader) {
    this.writer = writer;
    this.reader = reader;
    this.writes = Jdbi.create(writer);
    this.reads = Jdbi.create(reader);
  }

  /**
   * Opens the SQLite file, making or migrating its tables; survives {@code kill -9} from then on.
   */
  public static Database sqlite(Path file) {
    var writer =
        pool("store-writer", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1);
    try {
      Flyway.configure()
          .dataSource(writer)
          .locations("classpath:db/migration/sqlite")
          .load()
          .migrate();
      var readers = sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED);
      return new Database(writer, pool("store-reader", readers, READERS));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static SQLiteDataSource sqliteSource(Path file, SQLiteConfig.TransactionMode mode) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL); // a commit survives power loss
    config.setTransactionMode(mode);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, MAPPED_BYTES);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, CHECKPOINT_PAGES);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static HikariDataSource pool(String name, SQLiteDataSource source, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(BUSY_MILLIS);
    return new HikariDataSource(config);
  }

  /** Runs {@code work} in one transaction; when it throws, nothing of it happened. */
  public <T> T write(Function<Handle, T> work) {
    return writes.inTransaction(work::apply);
  }

  /** {@link #write} for work without a result. */
  public void run(Consumer<Handle> work) {
    writes.useTransaction(work::accept);
  }

  /** Runs {@code work} against one consistent snapshot. */
  public <T> T read(Function<Handle, T> work) {
    return reads.inTransaction(work::apply);
  }

  /** Whether the store answers. */
  public boolean ready() {
    return read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one()) == 1;
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
