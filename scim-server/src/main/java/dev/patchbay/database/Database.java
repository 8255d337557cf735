package dev.patchbay.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The bridge's store, on SQLite or PostgreSQL. A {@link #write} is one transaction and is on disk
 * when it returns.
 *
 * <p>Writes take turns on both: on SQLite all of them, on PostgreSQL those of one tenant. So a
 * write may look first and then act on what it saw, also on what it did not find. Whatever is slow
 * (JSON, planning) is done before.
 */
public final class Database implements AutoCloseable {
  /** How long a request waits for its turn or for a connection before it fails. */
  static final Duration WAIT = Duration.ofSeconds(20);

  /** Characters that must find room: more than a page that happens to have some left. */
  private static final int ROOM_TO_WRITE = 100_000;

  /** It remembers what it parsed: that takes longer than to run it, and is the same anywhere. */
  private static final SqlParser PARSER = new ColonPrefixSqlParser();

  private final HikariDataSource writer;
  private final HikariDataSource reader;
  private final Jdbi writes;
  final Jdbi reads;
  private final Engine engine;
  private final SharedCommits commits;
  private final Condition condition;

  /** What the two databases do differently. */
  interface Engine {
    /** Which turn the writes of a tenant take. */
    String turn(String tenant);

    /** Waits until no other transaction has the turn; keeps it until this one ends. */
    void takeTurn(Handle handle, String turn);

    JsonSql json();

    Sharing sharing(Clock local);

    void close();

    /** Whether the failure says that the connection was gone. */
    boolean lost(SQLException failure);

    /** Whether the same may go well a while later. */
    boolean passing(SQLException failure);

    /** Whether the failure says that what is stored cannot be read. */
    boolean damaged(SQLException failure);

    /** Looks at all that is stored; may take long. */
    boolean sound(Handle handle);

    Jdbi writing(HikariDataSource pool);

    Jdbi reading(HikariDataSource pool);

    /** Runs one prepared statement on a connection that {@link #reading} has, too. */
    <T> T select(Connection connection, String sql, OnStatement<T> work) throws SQLException;
  }

  /** What is done with a statement while the connection is ours. */
  @FunctionalInterface
  interface OnStatement<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  /** Reads a result from its first row on. */
  @FunctionalInterface
  public interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Who has the store besides this process, and what they agree on.
   *
   * @param clock the time that is the same for all of them
   * @param processes how many there are now, this one included; there is no need to be exact
   * @param withOthers whether there may be others: if not, nobody else ever has work in hands
   */
  public record Sharing(Clock clock, IntSupplier processes, boolean withOthers) {}

  /** The turn that excludes every other one. */
  static final String EVERYBODY = "";

  Database(HikariDataSource writer, HikariDataSource reader, Engine engine) {
    this(
        writer,
        reader,
        configured(engine.writing(writer), engine),
        configured(engine.reading(reader), engine),
        engine,
        EVERYBODY,
        new Condition());
  }

  private static Jdbi configured(Jdbi jdbi, Engine engine) {
    return jdbi.configure(
            StatementExceptions.class,
            // Values of statements are people's data and stay out of messages.
            it -> it.setMessageRendering(StatementExceptions.MessageRendering.NONE))
        .configure(SqlStatements.class, it -> it.setSqlParser(PARSER))
        .configure(JsonSql.Spoken.class, it -> it.set(engine.json()));
  }

  private Database(
      HikariDataSource writer,
      HikariDataSource reader,
      Jdbi writes,
      Jdbi reads,
      Engine engine,
      String turn,
      Condition condition) {
    this.condition = condition;
    this.writer = writer;
    this.reader = reader;
    this.writes = writes;
    this.reads = reads;
    this.engine = engine;
    this.commits = new SharedCommits(work -> transaction(turn, work));
  }

  /**
   * Opens the store, making or migrating its tables; survives {@code kill -9} from then on.
   *
   * @throws RuntimeException naming what is wrong when it cannot be opened
   */
  public static Database open(StoreAddress address) {
    return switch (address) {
      case StoreAddress.SqliteFile(Path file) -> Sqlite.open(file);
      case StoreAddress.PostgresDatabase postgres -> Postgres.open(postgres);
    };
  }

  /** The same store for writes that only touch what is this tenant's; not to be closed. */
  public Database of(String tenant) {
    var turn = engine.turn(tenant);
    return turn.equals(EVERYBODY)
        ? this
        : new Database(writer, reader, writes, reads, engine, turn, condition);
  }

  /**
   * Runs {@code work} in a transaction, alone or with others that wait for their turn, maybe by
   * another's thread. When it throws, nothing of it happened, unless the connection was lost at the
   * commit.
   *
   * @throws StoreUnavailable where a repeat may go well
   */
  public <T> T write(Function<Handle, T> work) {
    try {
      T result = commits.write(work);
      condition.written();
      return result;
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  private void transaction(String turn, Consumer<Handle> work) {
    var begun = new AtomicBoolean();
    var unused =
        withConnection(
            writer,
            begun,
            () ->
                writes.inTransaction(
                    handle -> {
                      engine.takeTurn(handle, turn);
                      begun.set(true);
                      work.accept(handle);
                      return true;
                    }));
  }

  /** {@link #write} for work without a result. */
  public void run(Consumer<Handle> work) {
    var unused =
        write(
            handle -> {
              work.accept(handle);
              return true;
            });
  }

  /**
   * Runs {@code work} against one consistent snapshot; again, if the connection was gone.
   *
   * @throws StoreUnavailable where a repeat may go well
   */
  public <T> T read(Function<Handle, T> work) {
    return withConnection(reader, new AtomicBoolean(), () -> reads.inTransaction(work::apply));
  }

  /**
   * Runs one select for what is read most: it sees one state of the store by itself, so there is no
   * transaction around it, and no more than JDBC is paid for.
   *
   * @param values what the question marks in {@code sql} stand for
   * @throws StoreUnavailable where a repeat may go well
   */
  public <T> T select(String sql, List<?> values, Rows<T> rows) {
    return withConnection(
        reader,
        new AtomicBoolean(),
        () -> {
          try (var connection = reader.getConnection()) {
            return engine.select(connection, sql, statement -> run(statement, values, rows));
          } catch (SQLException e) {
            throw new IllegalStateException("cannot read the store", e);
          }
        });
  }

  private static <T> T run(PreparedStatement statement, List<?> values, Rows<T> rows)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    try (var result = statement.executeQuery()) {
      return rows.read(result);
    }
  }

  /** A pool finds out by using them that its connections are gone: then others are opened, once. */
  private <T> T withConnection(HikariDataSource pool, AtomicBoolean begun, Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      if (begun.get() || sql(e).filter(engine::lost).isEmpty()) {
        throw unavailable(e);
      }
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** How this store reads JSON. */
  public JsonSql json() {
    return engine.json();
  }

  /**
   * Who else has this store.
   *
   * @param local the time of this machine, which counts where nobody else does
   */
  public Sharing sharing(Clock local) {
    return engine.sharing(local);
  }

  private RuntimeException unavailable(RuntimeException failure) {
    if (failure instanceof StoreUnavailable) {
      return failure;
    }
    return sql(failure)
        .filter(it -> it instanceof SQLTransientConnectionException || engine.passing(it))
        .<RuntimeException>map(it -> noted(it, failure))
        .orElse(failure);
  }

  private StoreUnavailable noted(SQLException why, RuntimeException failure) {
    if (engine.damaged(why)) {
      condition.damaged();
    } else {
      condition.failed();
    }
    return new StoreUnavailable(String.valueOf(why.getMessage()), failure);
  }

  private static Optional<SQLException> sql(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  /** Whether the store answers and can be written to; after a failure it is tried out. */
  public boolean ready() {
    boolean writable =
        writer.getHikariPoolMXBean().getTotalConnections() > 0 || writes.withHandle(it -> true);
    return writable
        && read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one()) == 1
        && (!condition.isFailing() || holdsOut());
  }

  private boolean holdsOut() {
    if (condition.isDamaged()) {
      if (!read(engine::sound)) {
        return false;
      }
      condition.sound();
    }
    run(
        handle -> {
          handle.execute(
              "insert into pool_cursor values ('', 'health', ?)", "0".repeat(ROOM_TO_WRITE));
          handle.execute("delete from pool_cursor where tenant = ''");
        });
    return true;
  }

  @Override
  public void close() {
    engine.close();
    reader.close();
    writer.close();
  }
}
