package dev.patchbay.directory;

/** Which part of a list is asked for. */
public sealed interface Paging {

  /**
   * By its place (RFC 7644 §3.4.2.4).
   *
   * @param start of the first entry, counted from 1
   */
  record Index(int start) implements Paging {
    public Index {
      if (start < 1) {
        throw new IllegalArgumentException("start must be at least 1, was " + start);
      }
    }
  }

  /** The beginning of a list that is read on by cursors (RFC 9865). */
  record First() implements Paging {}

  /** What stands beside an entry that was shown. */
  record Beside(Cursor cursor) implements Paging {}
}
