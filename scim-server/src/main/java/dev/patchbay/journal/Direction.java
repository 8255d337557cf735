package dev.patchbay.journal;

import java.util.Locale;

/** Which state open work drives the PBX towards. */
public enum Direction {
  /** To the wish: it was accepted, or nobody was answered yet. */
  FORWARD,
  /** To what the directory says: the wish was refused. */
  BACK;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Direction of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
