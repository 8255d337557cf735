package dev.patchbay.directory;

import java.util.Optional;

/**
 * The edge of a page. What is on its other side can be told whatever was added or removed since,
 * the entry itself included.
 *
 * @param key what the entry at the edge was sorted by; empty if by nothing or if it has no value
 * @param seq its place in the order of creation
 * @param total how many entries the list had when it was begun
 */
public record Cursor(Side side, Optional<String> key, long seq, int total) {

  /** Where the page lies that the cursor leads to. */
  public enum Side {
    BEFORE,
    AFTER
  }
}
