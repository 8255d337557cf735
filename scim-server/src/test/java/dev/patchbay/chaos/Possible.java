package dev.patchbay.chaos;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a value may be: one thing after a clear answer, one more after each unclear one. */
final class Possible<T> {
  private final Set<T> values;
  private final Set<T> ever;

  private Possible(Set<T> values) {
    this.values = values;
    this.ever = new LinkedHashSet<>(values);
  }

  static <T> Possible<T> of(T value) {
    return new Possible<>(new LinkedHashSet<>(List.of(value)));
  }

  void is(T value) {
    values.clear();
    mayBe(value);
  }

  void mayBe(T value) {
    values.add(value);
    ever.add(value);
  }

  /** Somebody took back what was not done yet: it may be whatever it was once. */
  void mayBeTakenBack() {
    values.addAll(ever);
  }

  /** Whatever it is becomes something else. */
  void becomes(UnaryOperator<T> change) {
    var changed = values.stream().map(change).toList();
    values.clear();
    changed.forEach(this::mayBe);
  }

  boolean allows(T value) {
    return values.contains(value);
  }

  boolean allowsAny(Predicate<T> condition) {
    return values.stream().anyMatch(condition);
  }

  boolean isSurely(T value) {
    return values.equals(Set.of(value));
  }

  @Override
  public String toString() {
    return values.size() == 1 ? String.valueOf(values.iterator().next()) : values.toString();
  }
}
