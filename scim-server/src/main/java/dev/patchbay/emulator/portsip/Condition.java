package dev.patchbay.emulator.portsip;

import java.util.ArrayList;
import java.util.List;

/** A condition in SQL with its values apart. */
record Condition(String sql, List<Object> values) {
  static final Condition ALWAYS = new Condition("1", List.of());

  static Condition of(String sql, Object... values) {
    return new Condition(sql, List.of(values));
  }

  /** {@code word} is AND or OR. */
  Condition join(String word, Condition other) {
    var both = new ArrayList<>(values);
    both.addAll(other.values);
    return new Condition("(" + sql + " " + word + " " + other.sql + ")", both);
  }
}
