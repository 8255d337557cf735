package dev.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The bridge's store on SQLite, told of at every step, and put back to an earlier state in no time.
 * It survives the end of what uses it, not of the machine: nothing waits for the disk.
 */
public final class SteppedStore implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "entry",
          "email",
          "member",
          "parked_member",
          "reservation",
          "pool_cursor",
          "journal",
          "provisioning_log",
          "followed");

  private final Database database;
  private final Jdbi aside;
  private final Map<String, List<String>> backs = new HashMap<>();
  private volatile Steps steps = Steps.NONE;
  private volatile boolean shared;

  /** What is to happen at each step; throwing ends the step's user there. */
  public interface Steps {
    Steps NONE =
        new Steps() {
          @Override
          public void beginning() {}

          @Override
          public void committed() {}
        };

    /** Before a transaction. */
    void beginning();

    /** After a write is durable. */
    void committed();
  }

  private SteppedStore(HikariDataSource writer, HikariDataSource reader) {
    this.aside = Jdbi.create(writer);
    this.database =
        new Database(writer, reader, stepped((SQLiteDataSource) writer.getDataSource()));
  }

  /** A new store in the folder. */
  public static SteppedStore in(Path folder) {
    var file = folder.resolve("stepped.db");
    Database.open(new StoreAddress.SqliteFile(file)).close(); // makes its tables
    return new SteppedStore(
        pool(source(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1),
        pool(source(file, SQLiteConfig.TransactionMode.DEFERRED), 2));
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig.TransactionMode mode) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setTransactionMode(mode);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static HikariDataSource pool(SQLiteDataSource source, int size) {
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }

  public Database database() {
    return database;
  }

  public void step(Steps each) {
    steps = each;
  }

  /** Keeps what is stored now under this name. */
  public void keep(String name) {
    aside.useHandle(
        handle -> {
          for (String table : TABLES) {
            handle.execute("create table %s_%s as select * from %s".formatted(name, table, table));
            var columns = columns(handle, table);
            var back = "insert into %s (%s) select %s from %s_%s";
            backs
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(back.formatted(table, columns, columns, name, table));
          }
        });
  }

  /** Puts back what was kept under this name. */
  public void restore(String name) {
    aside.useTransaction(
        handle -> {
          TABLES.reversed().forEach(table -> handle.execute("delete from " + table));
          handle.execute("delete from entry_count");
          backs.get(name).forEach(handle::execute);
        });
  }

  private static String columns(Handle handle, String table) {
    return handle
        .createQuery("select name from pragma_table_info('" + table + "')")
        .mapTo(String.class)
        .stream()
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    database.close();
  }

  /** The engine of SQLite, with steps. */
  private Database.Engine stepped(SQLiteDataSource file) {
    var engine = Sqlite.engine(file);
    return (Database.Engine)
        Proxy.newProxyInstance(
            Database.Engine.class.getClassLoader(),
            new Class<?>[] {Database.Engine.class},
            (proxy, method, values) -> stepped(method.getName(), method.invoke(engine, values)));
  }

  /** Whether processes that open it find others there. */
  public void shared(boolean now) {
    shared = now;
  }

  private Object stepped(String method, Object result) {
    if (result instanceof Database.Sharing alone && shared) {
      return new Database.Sharing(alone.clock(), () -> 2, true);
    }
    if (!(result instanceof Jdbi jdbi)) {
      return result;
    }
    Runnable after = method.equals("writing") ? () -> steps.committed() : () -> {};
    return jdbi.setTransactionHandler(
        new SurroundedTransactions(jdbi.getTransactionHandler(), () -> steps.beginning(), after));
  }
}
