package dev.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** SQLite as the store: one writer and a few readers on one file. */
final class Sqlite {
  /** A request reads for well under a millisecond. */
  private static final int READERS = 4;

  /** Read without copying: 100,000 users are about 200 MB, and a commit empties a page cache. */
  private static final String MAPPED_BYTES = Long.toString(1L << 30);

  /**
   * Pages of 4 KiB in the write-ahead log from which on a commit copies back what {@link
   * Checkpoints} did not come to: under load they never reach the end of the log by themselves.
   */
  private static final String CHECKPOINT_PAGES = "40000";

  /** What migrations for both stores call what they say differently. */
  private static final Map<String, String> WORDS =
      Map.of(
          "text", "text",
          "identity", "integer primary key autoincrement",
          "keyed", "without rowid");

  private Sqlite() {}

  /** SQLite itself lets one transaction write at a time. */
  private record OneWriter(KeptStatements writing, KeptStatements reading, Checkpoints checkpoints)
      implements Database.Engine {
    private static final Set<SQLiteErrorCode> PASSING =
        EnumSet.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB);

    @Override
    public String turn(String tenant) {
      return Database.EVERYBODY;
    }

    @Override
    public void takeTurn(Handle handle, String turn) {
      // The transaction began with it.
    }

    @Override
    public Database.Sharing sharing(Clock local) {
      return new Database.Sharing(local, () -> 1, false);
    }

    @Override
    public void close() {
      checkpoints.close();
    }

    @Override
    public JsonSql json() {
      return JsonSql.SQLITE;
    }

    @Override
    public boolean lost(SQLException failure) {
      return false;
    }

    @Override
    public boolean passing(SQLException failure) {
      int code = failure.getErrorCode() & 0xff; // without what says more precisely where
      return PASSING.stream().anyMatch(it -> it.code == code);
    }

    @Override
    public boolean damaged(SQLException failure) {
      int code = failure.getErrorCode() & 0xff;
      return code == SQLiteErrorCode.SQLITE_CORRUPT.code
          || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    @Override
    public boolean sound(Handle handle) {
      return handle.createQuery("pragma quick_check(1)").mapTo(String.class).one().equals("ok");
    }

    @Override
    public Jdbi writing(HikariDataSource pool) {
      return keeping(
          pool, writing, new KeptTransactions("begin immediate", checkpoints::committed));
    }

    @Override
    public Jdbi reading(HikariDataSource pool) {
      return keeping(pool, reading, new KeptTransactions("begin", () -> {}));
    }

    @Override
    public <T> T select(Connection connection, String sql, Database.OnStatement<T> work)
        throws SQLException {
      return reading.of(connection).run(sql, work);
    }

    private static Jdbi keeping(
        HikariDataSource pool, KeptStatements statements, KeptTransactions transactions) {
      return Jdbi.create(pool)
          .setStatementBuilderFactory(statements)
          .setTransactionHandler(transactions);
    }
  }

  static Database open(Path file) {
    var writer = pool("store-writer", source(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1);
    try {
      Migrations.run(writer, "sqlite", WORDS);
      var readers = source(file, SQLiteConfig.TransactionMode.DEFERRED);
      return new Database(writer, pool("store-reader", readers, READERS), engine(readers));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  static Database.Engine engine(SQLiteDataSource file) {
    return new OneWriter(
        new KeptStatements(KeptStatements.Values.FORGOTTEN),
        new KeptStatements(KeptStatements.Values.KEPT),
        new Checkpoints(file));
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig.TransactionMode mode) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL); // a commit survives power loss
    config.setTransactionMode(mode);
    config.setBusyTimeout((int) Database.WAIT.toMillis());
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
    config.setConnectionTimeout(Database.WAIT.toMillis());
    return new HikariDataSource(config);
  }
}
