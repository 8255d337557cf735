package dev.patchbay.directory;

import java.util.List;

/**
 * A part of what a list found.
 *
 * @param total how many there are in all
 * @param startIndex the place of the first entry here, counted from 1
 */
public record Page(int total, int startIndex, List<Stored> entries) {
  public Page {
    entries = List.copyOf(entries);
  }
}
