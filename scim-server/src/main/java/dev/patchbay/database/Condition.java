package dev.patchbay.database;

/** Whether the store has failed since something was last written to it. */
final class Condition {
  private volatile boolean failing;
  private volatile boolean damaged;

  void failed() {
    failing = true;
  }

  /** Some of what is stored cannot be read; that others can be written says nothing then. */
  void damaged() {
    failing = true;
    damaged = true;
  }

  void written() {
    if (failing && !damaged) {
      failing = false;
    }
  }

  /** All that is stored could be read. */
  void sound() {
    damaged = false;
  }

  boolean isFailing() {
    return failing;
  }

  boolean isDamaged() {
    return damaged;
  }
}
