package dev.patchbay.database;

/** The store cannot do it now: it is down, full or too busy. What was begun is undone. */
public final class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreUnavailable(String message) {
    super(message);
  }
}
