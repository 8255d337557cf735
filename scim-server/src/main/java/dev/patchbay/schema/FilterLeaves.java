package dev.patchbay.schema;

import java.util.List;
import java.util.stream.Stream;

/** The comparisons a filter is made of. */
final class FilterLeaves {
  private FilterLeaves() {}

  static List<Filter> of(Filter filter) {
    return stream(filter).toList();
  }

  private static Stream<Filter> stream(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> all.stream().flatMap(FilterLeaves::stream);
      case Filter.Or(List<Filter> any) -> any.stream().flatMap(FilterLeaves::stream);
      case Filter.Not(Filter inner) -> stream(inner);
      case Filter.ValueFilter(AttributePath path, Filter inner) -> stream(inner);
      case Filter.Present it -> Stream.of(it);
      case Filter.Comparison it -> Stream.of(it);
    };
  }
}
