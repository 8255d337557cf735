package dev.patchbay.bench;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param users of the small and of the large directory
 * @param members of the group that is read and changed
 * @param joiners users beside those, who join and leave groups
 * @param only the rows of the table to measure, by a part of their names, {@code journalling},
 *     {@code isolation} and {@code decisions}; empty: all
 */
record Settings(
    List<Integer> users, int members, int joiners, int rounds, Duration round, Set<String> only) {
  static final int FIRST_PORT = Integer.getInteger("bench.port", 26_000);

  /**
   * @param words {@code full} or {@code quick}, parts of names, or both, separated by commas
   */
  static Settings of(String words) {
    var only = new LinkedHashSet<>(List.of(words.split(",")));
    boolean quick = only.remove("quick");
    only.remove("full");
    return quick
        ? new Settings(List.of(1_000, 10_000), 1_000, 500, 3, Duration.ofMillis(500), only)
        : new Settings(List.of(10_000, 100_000), 10_000, 2_000, 5, Duration.ofSeconds(1), only);
  }

  boolean measuresOnly(String row) {
    return only.equals(Set.of(row));
  }

  boolean measures(String row) {
    return only.isEmpty() || only.stream().anyMatch(row::contains);
  }
}
