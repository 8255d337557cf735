package dev.patchbay.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the prepared statements of each SQLite connection for the next transaction: preparing one
 * takes longer than running it, and SQLite's driver does not remember them.
 */
final class KeptStatements implements StatementBuilderFactory {
  /** Of one connection; the bridge has about 80, and filters make more. */
  private static final int KEPT = 256;

  private final Map<SQLiteConnection, Kept> connections = new ConcurrentHashMap<>();
  private final Values values;

  KeptStatements(Values values) {
    this.values = values;
  }

  /** What becomes of the values of a statement that is done. */
  enum Values {
    /** What is written may be secret, or large. */
    FORGOTTEN,
    /** Without values SQLite plans every join again: that takes twice as long as to run it. */
    KEPT
  }

  @Override
  public StatementBuilder createStatementBuilder(Connection connection) {
    return of(connection);
  }

  /** Those of the connection. */
  Kept of(Connection connection) {
    try {
      // Not the pool's proxy, which closes what was prepared through it.
      var own = connection.unwrap(SQLiteConnection.class);
      var known = connections.get(own);
      return known != null ? known : added(own);
    } catch (SQLException e) {
      throw new IllegalStateException("not a connection of SQLite's driver", e);
    }
  }

  /** Those of the connection that the handle has. */
  static Kept of(Handle handle) {
    if (handle.getStatementBuilder() instanceof Kept kept) {
      return kept;
    }
    throw new IllegalStateException("the handle keeps no statements");
  }

  private Kept added(SQLiteConnection connection) throws SQLException {
    for (SQLiteConnection each : List.copyOf(connections.keySet())) {
      if (each.isClosed()) {
        connections.remove(each); // the pool replaced it
      }
    }
    return connections.computeIfAbsent(connection, it -> new Kept(it, values));
  }

  /** Used by the one thread that has the connection. */
  static final class Kept extends DefaultStatementBuilder {
    private final SQLiteConnection connection;
    private final Values values;
    private final IdentityHashMap<PreparedStatement, String> lent = new IdentityHashMap<>();
    private final LinkedHashMap<String, PreparedStatement> idle =
        new LinkedHashMap<>(KEPT, 0.75f, true);

    private Kept(SQLiteConnection connection, Values values) {
      this.connection = connection;
      this.values = values;
    }

    @Override
    public PreparedStatement create(Connection proxy, String sql, StatementContext context)
        throws SQLException {
      return lend(sql);
    }

    <T> T run(String sql, Database.OnStatement<T> work) throws SQLException {
      var statement = lend(sql);
      try {
        return work.run(statement);
      } finally {
        takeBack(statement);
      }
    }

    private PreparedStatement lend(String sql) throws SQLException {
      var kept = idle.remove(sql);
      var statement = kept == null ? connection.prepareStatement(sql) : kept;
      lent.put(statement, sql);
      return statement;
    }

    @Override
    public void close(Connection proxy, String text, Statement statement) throws SQLException {
      takeBack(statement);
    }

    /** Whether it can be used again; the driver ends one that failed, and then refuses it. */
    private boolean ready(PreparedStatement kept) {
      try {
        switch (values) {
          case FORGOTTEN -> kept.clearParameters();
          case KEPT -> kept.getMetaData(); // asks whether it was ended, and no more
        }
        return true;
      } catch (SQLException ended) {
        return false;
      }
    }

    private void takeBack(Statement statement) throws SQLException {
      var sql = lent.remove(statement);
      if (sql == null || statement.isClosed() || !(statement instanceof PreparedStatement kept)) {
        statement.close();
        return;
      }
      if (!ready(kept)) {
        kept.close();
        return;
      }
      var twin = idle.put(sql, kept);
      if (twin != null) {
        twin.close();
      }
      if (idle.size() > KEPT) {
        var eldest = idle.entrySet().iterator();
        eldest.next().getValue().close();
        eldest.remove();
      }
    }
  }
}
