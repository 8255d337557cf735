package dev.patchbay.directory;

import dev.patchbay.schema.AttributePath;

/**
 * The order of a list (RFC 7644 §3.4.2.3). Entries without a value are the last ones in ascending
 * order; descending is ascending backwards. Among equals the order is that of creation.
 */
public record Sort(AttributePath by, Order order) {

  /** {@code sortOrder}. */
  public enum Order {
    ASCENDING,
    DESCENDING
  }

  @Override
  public String toString() {
    return by + " " + order;
  }
}
