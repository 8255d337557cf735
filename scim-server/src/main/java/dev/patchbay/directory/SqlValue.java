package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;

/**
 * The value of an attribute as an expression over a row.
 *
 * @param sql null where the attribute is unassigned
 */
record SqlValue(String sql, Form form) {

  /** What the expression yields. */
  enum Form {
    /** Text as {@link Attribute#comparable} has it. */
    TEXT,
    /** {@code true} or {@code false}, as text. */
    TRUTH,
    /** 1 for true, 0 for false. */
    FLAG,
    NUMBER,
    /** A point in time as {@link java.time.Instant} writes it. */
    INSTANT,
    /** A point in time in milliseconds since 1970. */
    MILLIS,
    /** The JSON of a complex attribute: there or not there. */
    OBJECT
  }

  static SqlValue text(String sql) {
    return new SqlValue(sql, Form.TEXT);
  }

  /** A condition: the attribute has a value (RFC 7644 §3.4.2.2, {@code pr}). */
  String present() {
    return switch (form) {
      case TEXT, INSTANT -> sql + " <> ''";
      case OBJECT -> sql + " <> '{}'";
      case TRUTH, FLAG, NUMBER, MILLIS -> sql + " is not null";
    };
  }
}
