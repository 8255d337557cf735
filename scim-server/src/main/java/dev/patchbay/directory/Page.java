package dev.patchbay.directory;

import java.util.List;
import java.util.Optional;

/**
 * A part of what a list found.
 *
 * @param total how many there are in all
 * @param startIndex the place of the first entry here, counted from 1; a page found by a cursor
 *     does not know it
 */
public record Page(
    int total,
    Optional<Integer> startIndex,
    List<Stored> entries,
    Optional<Cursor> previous,
    Optional<Cursor> next) {
  public Page {
    entries = List.copyOf(entries);
  }

  Page with(List<Stored> entries) {
    return new Page(total, startIndex, entries, previous, next);
  }

  static Page of(int total, int startIndex, List<Stored> entries) {
    return new Page(total, Optional.of(startIndex), entries, Optional.empty(), Optional.empty());
  }
}
