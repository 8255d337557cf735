package dev.patchbay.directory;

import dev.patchbay.directory.IndexSql.Breadth;
import dev.patchbay.directory.IndexSql.Source;
import dev.patchbay.schema.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A filter over one resource type as a condition on the table {@code entry}. */
final class FilterSql {
  private final LeafSql leaves;
  private final IndexSql indexes;

  FilterSql(LeafSql leaves, IndexSql indexes) {
    this.leaves = leaves;
    this.indexes = indexes;
  }

  /**
   * What SQL makes of a filter.
   *
   * @param source where an index has all rows the condition is true of
   */
  record Part(String condition, Optional<Source> source) {}

  Part of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> and(all.stream().map(this::of).toList());
      case Filter.Or(List<Filter> any) -> or(any.stream().map(this::of).toList());
      // What an index does not find is no source.
      case Filter.Not(Filter inner) -> new Part(LeafSql.not(of(inner).condition), Optional.empty());
      case Filter.Comparison it -> new Part(leaves.of(it), indexes.of(it));
      case Filter.Present it -> new Part(leaves.of(it), Optional.empty());
      case Filter.ValueFilter it -> new Part(leaves.of(it), indexes.of(it));
    };
  }

  private static Part and(List<Part> parts) {
    var sources = parts.stream().flatMap(it -> it.source.stream());
    return new Part(
        joined(parts, " and "), sources.min((a, b) -> a.breadth().compareTo(b.breadth())));
  }

  /** Of the alternatives all must be in an index: one that is not may be true of any row. */
  private static Part or(List<Part> parts) {
    var sources = parts.stream().flatMap(it -> it.source.stream()).toList();
    return new Part(
        joined(parts, " or "),
        sources.size() < parts.size() ? Optional.empty() : Optional.of(union(sources)));
  }

  private static String joined(List<Part> parts, String word) {
    return parts.stream().map(it -> "(" + it.condition + ")").collect(Collectors.joining(word));
  }

  static Source union(List<Source> sources) {
    var breadth = sources.stream().map(Source::breadth).max(Breadth::compareTo).orElseThrow();
    var seqs = sources.stream().map(Source::seqs).collect(Collectors.joining(" union "));
    return new Source(seqs, breadth);
  }
}
