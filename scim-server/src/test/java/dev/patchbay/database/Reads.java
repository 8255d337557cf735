package dev.patchbay.database;

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
    reads.setTransactionHandler(
        new SurroundedTransactions(reads.getTransactionHandler(), what, what));
  }
}
