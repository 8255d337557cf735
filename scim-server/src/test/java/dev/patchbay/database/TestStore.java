package dev.patchbay.database;

import dev.patchbay.database.StoreAddress.PostgresDatabase;
import dev.patchbay.database.StoreAddress.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A kind of store, with one empty store for each folder; opened again, it has what was written. */
public interface TestStore extends AutoCloseable {
  StoreAddress at(Path folder);

  /** May go without a look at tables that are there: that takes longer than most tests. */
  default Database open(Path folder) {
    return Database.open(at(folder));
  }

  /** The section {@code store} of a configuration, in one line. */
  String yaml(Path folder);

  /** A connection beside the bridge's own, to look into the store. */
  Connection connection(Path folder) throws SQLException;

  @Override
  void close();

  static TestStore sqlite() {
    return new OnSqlite();
  }

  static OnPostgresql postgresql() {
    return new OnPostgresql(new ConcurrentHashMap<>());
  }

  /** A file in the folder. */
  record OnSqlite() implements TestStore {
    @Override
    public SqliteFile at(Path folder) {
      return new SqliteFile(folder.resolve("patchbay.db").toAbsolutePath());
    }

    @Override
    public Database open(Path folder) {
      return Database.open(withTables(folder));
    }

    @Override
    public String yaml(Path folder) {
      return "{ url: \"sqlite:" + withTables(folder) + "\" }";
    }

    /** The file, begun as a copy: making the tables takes longer than most tests. */
    private SqliteFile withTables(Path folder) {
      var store = at(folder);
      if (Files.notExists(store.file()) && Files.isDirectory(folder)) {
        try {
          Files.copy(Empty.STORE, store.file());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return store;
    }

    private static final class Empty {
      private static final Path STORE = made();

      private static Path made() {
        try {
          var folder = Files.createTempDirectory("patchbay-empty");
          folder.toFile().deleteOnExit(); // what was said last is done first
          var store = folder.resolve("patchbay.db");
          store.toFile().deleteOnExit();
          Database.open(new SqliteFile(store)).close();
          return store;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public Connection connection(Path folder) throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + at(folder));
    }

    @Override
    public void close() {
      // The folder's owner deletes it.
    }

    @Override
    public String toString() {
      return "SQLite";
    }
  }

  /**
   * A database of the server that all tests share.
   *
   * @param databases by folder
   */
  record OnPostgresql(Map<Path, String> databases) implements TestStore {
    @Override
    public PostgresDatabase at(Path folder) {
      var name =
          databases.computeIfAbsent(
              folder.toAbsolutePath(), it -> PostgresServer.running().newDatabase());
      return PostgresServer.running().address(name);
    }

    @Override
    public Database open(Path folder) {
      return Postgres.pools(at(folder));
    }

    @Override
    public String yaml(Path folder) {
      var address = at(folder);
      return "{ url: \"" + address.url() + "\", user: " + address.user() + " }";
    }

    @Override
    public Connection connection(Path folder) throws SQLException {
      return DriverManager.getConnection(at(folder).url(), at(folder).user(), "");
    }

    @Override
    public void close() {
      databases.values().forEach(PostgresServer.running()::giveBack);
      databases.clear();
    }

    @Override
    public String toString() {
      return "PostgreSQL";
    }
  }
}
