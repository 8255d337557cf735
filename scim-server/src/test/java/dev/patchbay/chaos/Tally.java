package dev.patchbay.chaos;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How often what happened. */
final class Tally {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  void count(String what) {
    counts.computeIfAbsent(what, it -> new LongAdder()).increment();
  }

  long of(String what) {
    var count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(it -> "  %,8d %s%n".formatted(it.getValue().sum(), it.getKey()))
        .collect(Collectors.joining());
  }
}
