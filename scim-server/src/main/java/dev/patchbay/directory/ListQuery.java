package dev.patchbay.directory;

import dev.patchbay.schema.Filter;
import dev.patchbay.schema.ResourceType;
import java.util.Optional;

/**
 * Which entries of a tenant a list shall have (RFC 7644 §3.4.2.4).
 *
 * @param startIndex the place of the first one, counted from 1
 * @param count the most it shall have; 0 asks for the total alone
 */
public record ListQuery(
    String tenant, ResourceType type, Optional<Filter> filter, int startIndex, int count) {

  public ListQuery {
    if (startIndex < 1) {
      throw new IllegalArgumentException("startIndex must be at least 1, was " + startIndex);
    }
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, was " + count);
    }
  }

  int offset() {
    return startIndex - 1;
  }
}
