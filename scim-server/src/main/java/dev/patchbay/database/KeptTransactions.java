package dev.patchbay.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Begins and ends SQLite's transactions by kept statements. Its driver would prepare them each
 * time, and begin another transaction after each, which on the writer takes the lock again.
 */
final class KeptTransactions extends DelegatingTransactionHandler {
  private final String begin;
  private final Runnable committed;
  private boolean open;

  /**
   * @param begin how one begins, as in {@code begin immediate}
   * @param committed runs after each commit
   */
  KeptTransactions(String begin, Runnable committed) {
    super(new LocalTransactionHandler());
    this.begin = begin;
    this.committed = committed;
  }

  /** One for each handle: it knows whether the handle is in a transaction. */
  @Override
  public TransactionHandler specialize(Handle handle) {
    return new KeptTransactions(begin, committed);
  }

  @Override
  public boolean isInTransaction(Handle handle) {
    return open;
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
      throws X {
    R result = ended(handle, work);
    committed.run();
    return result;
  }

  private <R, X extends Exception> R ended(Handle handle, HandleCallback<R, X> work) throws X {
    run(handle, begin);
    open = true;
    try {
      R result = work.withHandle(handle);
      run(handle, "commit");
      return result;
    } catch (Exception | Error failure) {
      rollBack(handle, failure);
      throw failure;
    } finally {
      open = false;
    }
  }

  /** A failed commit may have rolled back by itself, and then this fails, too. */
  private static void rollBack(Handle handle, Throwable failure) {
    try {
      run(handle, "rollback");
    } catch (TransactionException again) {
      failure.addSuppressed(again);
    }
  }

  private static void run(Handle handle, String sql) {
    try {
      KeptStatements.of(handle).run(sql, PreparedStatement::execute);
    } catch (SQLException e) {
      throw new TransactionException("cannot " + sql, e);
    }
  }
}
