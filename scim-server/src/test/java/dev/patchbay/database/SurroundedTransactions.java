package dev.patchbay.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** Lets something happen before each transaction and behind each that went well. */
final class SurroundedTransactions extends DelegatingTransactionHandler {
  private final Runnable before;
  private final Runnable after;

  SurroundedTransactions(TransactionHandler each, Runnable before, Runnable after) {
    super(each);
    this.before = before;
    this.after = after;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new SurroundedTransactions(getDelegate().specialize(handle), before, after);
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
      throws X {
    before.run();
    R result = super.inTransaction(handle, work);
    after.run();
    return result;
  }
}
