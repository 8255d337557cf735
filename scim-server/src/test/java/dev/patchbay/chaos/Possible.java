package dev.patchbay.chaos;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a value may be: one thing after a clear answer, one more after each unclear one. */
final class Possible<T> {
  private final Set<T> values;

  private Possible(Set<T> values) {
    this.values = values;
  }

  static <T> Possible<T> of(T value) {
    return new Possible<>(new LinkedHashSet<>(List.of(value)));
  }

  void is(T value) {
    values.clear();
    values.add(value);
  }

  void mayBe(T value) {
    values.add(value);
  }

  /** Whatever it is becomes something else. */
  void becomes(UnaryOperator<T> change) {
    var changed = values.stream().map(change).toList();
    values.clear();
    values.addAll(changed);
  }

  boolean allows(T value) {
    return values.contains(value);
  }

  boolean isSurely(T value) {
    return values.equals(Set.of(value));
  }

  @Override
  public String toString() {
    return values.size() == 1 ? String.valueOf(values.iterator().next()) : values.toString();
  }
}
