package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * What one transaction of Keycloak may have changed, each thing once, and written just before the
 * transaction commits and within it. So there is no row without its change, and no change without
 * its row but where {@link WhenBroken#LET_PASS} says so.
 */
public final class Capture extends AbstractKeycloakTransaction {
  private static final Logger LOG = Logger.getLogger(Capture.class);
  private static final String ATTRIBUTE = Capture.class.getName();

  /** What an administrator's change comes to when the row cannot be written. */
  public enum WhenBroken {
    /** It succeeds; reconciliation finds it later. */
    LET_PASS,
    /** It fails. */
    FAIL
  }

  private record Key(String target, Change.Kind kind, String item) {}

  private final KeycloakSession session;
  private final WhenBroken whenBroken;
  private final Map<Key, Change> changes = new LinkedHashMap<>();

  private Capture(KeycloakSession session, WhenBroken whenBroken) {
    this.session = session;
    this.whenBroken = whenBroken;
  }

  /**
   * Notes changes for a target; the same thing again in one transaction adds nothing. Outside of a
   * transaction there is nothing to be true to, and nothing is noted.
   *
   * @param afterwards runs when others can see what was written
   */
  public static void note(
      KeycloakSession session,
      WhenBroken whenBroken,
      String targetId,
      Collection<Change> changes,
      Runnable afterwards) {
    if (session.getTransactionManager().isActive()) {
      of(session, whenBroken, afterwards).add(targetId, changes);
    }
  }

  /**
   * What happened could not be read or noted: the transaction fails. To throw is not enough where
   * Keycloak takes no notice of it, nor to mark the transaction, which it then answers as if it had
   * succeeded.
   */
  public static void fail(KeycloakSession session, RuntimeException cause) {
    session
        .getTransactionManager()
        .enlistPrepare(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                throw cause;
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  private static Capture of(KeycloakSession session, WhenBroken whenBroken, Runnable afterwards) {
    if (session.getAttribute(ATTRIBUTE) instanceof Capture it
        && it.getState() == TransactionState.STARTED) {
      return it;
    }
    var capture = new Capture(session, whenBroken);
    session.setAttribute(ATTRIBUTE, capture);
    session.getTransactionManager().enlistPrepare(capture);
    Afterwards.run(session, afterwards);
    return capture;
  }

  private void add(String targetId, Collection<Change> found) {
    for (Change each : found) {
      changes.merge(
          new Key(targetId, each.kind(), each.key()),
          each,
          (old, now) -> old.urgency().compareTo(now.urgency()) <= 0 ? old : now);
    }
  }

  @Override
  protected void commitImpl() {
    if (changes.isEmpty()) {
      return;
    }
    var sql = new Sql(session);
    String insert =
        sql.named(
            "insert into {CHANGE} (ID, TARGET_ID, KIND, ITEM, URGENCY, SINCE) values (?, ?, ?, ?,"
                + " ?, ?)");
    sql.entities().unwrap(Session.class).doWork(connection -> write(connection, insert));
  }

  private void write(Connection pooled, String insert) throws SQLException {
    if (whenBroken == WhenBroken.FAIL) {
      insert(pooled, insert);
      return;
    }
    Optional<Savepoint> before = savepoint(pooled);
    try {
      insert(before.isPresent() ? unwrapped(pooled) : pooled, insert);
    } catch (SQLException e) {
      if (before.isEmpty()) {
        throw e;
      }
      unwrapped(pooled).rollback(before.get());
      LOG.errorf(
          e,
          "changes not captured count=%d: they reach the target with the next reconciliation",
          changes.size());
    }
  }

  /**
   * The pool forbids savepoints of its transactions; ours is undone by nobody but us. None where
   * the database has none, as for a transaction that it shares with others (XA): what cannot be
   * captured then fails.
   */
  private static Optional<Savepoint> savepoint(Connection pooled) {
    try {
      return Optional.of(unwrapped(pooled).setSavepoint());
    } catch (SQLException e) {
      LOG.debug("no savepoint", e);
      return Optional.empty();
    }
  }

  private static Connection unwrapped(Connection pooled) throws SQLException {
    return pooled.unwrap(Connection.class);
  }

  private void insert(Connection connection, String insert) throws SQLException {
    long now = System.currentTimeMillis();
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (var each : changes.entrySet()) {
        statement.setString(1, UUID.randomUUID().toString());
        statement.setString(2, each.getKey().target());
        statement.setString(3, each.getKey().kind().name());
        statement.setString(4, each.getKey().item());
        statement.setInt(5, each.getValue().urgency().rank());
        statement.setLong(6, now);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  @Override
  protected void rollbackImpl() {
    changes.clear();
  }
}
