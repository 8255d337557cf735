package dev.patchbay.directory;

import dev.patchbay.schema.Filter;
import dev.patchbay.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * Which entries of a tenant a list shall have (RFC 7644 §3.4.2).
 *
 * @param types whose entries are asked for
 * @param count the most it shall have; 0 asks for the total alone
 * @param base the tenant's SCIM URL as the sender has it, for addresses in filters
 */
public record ListQuery(
    String tenant,
    List<ResourceType> types,
    Optional<Filter> filter,
    Optional<Sort> sort,
    Paging paging,
    int count,
    String base) {

  public ListQuery {
    types = List.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("a list is of one type at least");
    }
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, was " + count);
    }
  }

  /** The first that a filter finds. */
  public static ListQuery of(String tenant, ResourceType type, Filter filter, int count) {
    return new ListQuery(
        tenant,
        List.of(type),
        Optional.of(filter),
        Optional.empty(),
        new Paging.Index(1),
        count,
        "");
  }

  /** Another part of the same list. */
  public ListQuery at(Paging paging) {
    return new ListQuery(tenant, types, filter, sort, paging, count, base);
  }
}
