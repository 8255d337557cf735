package dev.patchbay.directory;

import dev.patchbay.directory.LeafSql.Leaf;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What SQL can answer of a filter. {@code where} is true of every entry the filter is true of, and
 * of no other if {@code residual} is empty; otherwise the residual tells which of them.
 *
 * <p>SQLite keeps no statistics and would rather walk a tenant's list in order than look into an
 * index out of order. So where an index has the answer, its rows are named in a subquery first
 * ({@link Source}), and everything else is a condition on those.
 *
 * @param where for the table {@code entry}, with {@code :tenant} and {@code :type} to be bound
 * @param bindings values by name; whatever a client sent is here and never in the text
 */
record FilterSql(String where, Map<String, Object> bindings, Optional<Filter> residual) {
  private static final String ALL = "tenant = :tenant and type = :type and visible = 1";

  FilterSql {
    bindings = Map.copyOf(bindings);
  }

  /**
   * Rows that an index finds.
   *
   * @param seqs a select of the column {@code seq}
   */
  record Source(String seqs, Breadth breadth) {}

  /** How many rows a source may have, at most; the narrowest one is taken. */
  enum Breadth {
    ONE,
    FEW,
    MANY
  }

  /** One node of the filter: a condition on a row, a source that has all its rows, the rest. */
  private record Part(
      Optional<String> condition, Optional<Source> source, Optional<Filter> residual) {

    static Part of(Leaf leaf) {
      return new Part(Optional.of(leaf.condition()), leaf.source(), leaf.residual());
    }

    static Part unknown(Filter filter) {
      return new Part(Optional.empty(), Optional.empty(), Optional.of(filter));
    }
  }

  /**
   * @throws dev.patchbay.schema.Refusal {@code INVALID_FILTER} for a filter the type cannot answer
   */
  static FilterSql of(Optional<Filter> filter, ResourceType type) {
    return filter
        .map(it -> of(it, type))
        .orElseGet(() -> new FilterSql(ALL, Map.of(), Optional.empty()));
  }

  private static FilterSql of(Filter filter, ResourceType type) {
    FilterMatcher.of(filter, type, Map.of()); // refuses what is wrong even where SQL would do
    var leaves = new LeafSql(type);
    var part = part(filter, leaves);
    var from = part.source.map(it -> "seq in (" + it.seqs() + ")").orElse(ALL);
    var where = part.condition.map(it -> from + " and (" + it + ")").orElse(from);
    return new FilterSql(where, leaves.bindings(), part.residual);
  }

  private static Part part(Filter filter, LeafSql leaves) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> and(all.stream().map(it -> part(it, leaves)).toList());
      case Filter.Or(List<Filter> any) ->
          or(filter, any.stream().map(it -> part(it, leaves)).toList());
      case Filter.Not(Filter inner) -> not(filter, part(inner, leaves));
      case Filter.Comparison it -> leaf(filter, leaves.of(it));
      case Filter.Present it -> leaf(filter, leaves.of(it));
      case Filter.ValueFilter it -> leaf(filter, leaves.of(it));
    };
  }

  private static Part leaf(Filter filter, Optional<Leaf> leaf) {
    return leaf.map(Part::of).orElseGet(() -> Part.unknown(filter));
  }

  private static Part and(List<Part> parts) {
    var residual = present(parts, Part::residual);
    return new Part(
        joined(present(parts, Part::condition), " and "),
        narrowest(present(parts, Part::source)),
        residual.size() > 1
            ? Optional.of(new Filter.And(residual))
            : residual.stream().findFirst());
  }

  /** Of the alternatives all must be known: one that is not may be true of any row. */
  private static Part or(Filter filter, List<Part> parts) {
    var conditions = present(parts, Part::condition);
    if (conditions.size() < parts.size()) {
      return Part.unknown(filter);
    }
    var sources = present(parts, Part::source);
    boolean exact = parts.stream().allMatch(it -> it.residual.isEmpty());
    return new Part(
        joined(conditions, " or "),
        sources.size() < parts.size() ? Optional.empty() : Optional.of(union(sources)),
        exact ? Optional.empty() : Optional.of(filter));
  }

  /** The contrary of a condition that is true too often would be true too seldom. */
  private static Part not(Filter filter, Part inner) {
    if (inner.residual.isPresent() || inner.condition.isEmpty()) {
      return Part.unknown(filter);
    }
    var contrary = "(" + inner.condition.get() + ") is not true"; // of a row without value, too
    return new Part(Optional.of(contrary), Optional.empty(), Optional.empty());
  }

  private static <T> List<T> present(List<Part> parts, Function<Part, Optional<T>> part) {
    return parts.stream().flatMap(it -> part.apply(it).stream()).toList();
  }

  private static Optional<String> joined(List<String> conditions, String word) {
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            conditions.stream().map(it -> "(" + it + ")").collect(Collectors.joining(word)));
  }

  private static Optional<Source> narrowest(List<Source> sources) {
    return sources.stream().min((a, b) -> a.breadth().compareTo(b.breadth()));
  }

  private static Source union(List<Source> sources) {
    var breadths = new ArrayList<Breadth>();
    sources.forEach(it -> breadths.add(it.breadth()));
    var seqs = sources.stream().map(Source::seqs).collect(Collectors.joining(" union "));
    return new Source(seqs, breadths.stream().max(Breadth::compareTo).orElseThrow());
  }
}
