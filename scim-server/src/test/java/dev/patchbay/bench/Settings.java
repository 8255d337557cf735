package dev.patchbay.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param users of the small and of the large directory
 * @param members of the group that is read and changed
 * @param joiners users beside those, who join and leave groups
 * @param only the rows of the table to measure, by a part of their names, and {@code decisions};
 *     empty: all
 */
record Settings(
    List<Integer> users, int members, int joiners, int rounds, Duration round, Set<String> only) {
  static final int FIRST_PORT = Integer.getInteger("bench.port", 26_000);

  /** {@code full}, {@code quick}, or parts of names separated by commas. */
  static Settings of(String word) {
    return switch (word) {
      case "full" -> full(Set.of());
      case "quick" ->
          new Settings(List.of(1_000, 10_000), 1_000, 500, 3, Duration.ofMillis(500), Set.of());
      default -> full(Set.of(word.split(",")));
    };
  }

  private static Settings full(Set<String> only) {
    return new Settings(List.of(10_000, 100_000), 10_000, 2_000, 5, Duration.ofSeconds(1), only);
  }

  boolean measures(String row) {
    return only.isEmpty() || only.stream().anyMatch(row::contains);
  }
}
