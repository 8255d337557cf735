package dev.patchbay.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** Lets something happen around each read of a store. */
public final class Reads {
  private Reads() {}

  /**
   * Puts something around each read from now on.
   *
   * @param what runs before and after a read, in the thread that reads
   */
  public static void surround(Database database, Runnable what) {
    var reads = database.reads;
    reads.setTransactionHandler(new Surrounded(reads.getTransactionHandler(), what));
  }

  private static final class Surrounded extends DelegatingTransactionHandler {
    private final Runnable what;

    Surrounded(TransactionHandler each, Runnable what) {
      super(each);
      this.what = what;
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
      return new Surrounded(getDelegate().specialize(handle), what);
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
        throws X {
      what.run();
      R result = super.inTransaction(handle, work);
      what.run();
      return result;
    }
  }
}
