package dev.patchbay.directory;

import dev.patchbay.database.JsonSql;
import dev.patchbay.directory.FilterSql.Part;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.KnownFilter;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a list asks of the table {@code entry}.
 *
 * @param where with {@code :tenant} to be bound
 * @param bindings all other values by name
 * @param scans whether rows are looked at one by one, whoever the page belongs to
 */
record ListSql(
    String where, Optional<SortSql.Key> key, Map<String, Object> bindings, boolean scans) {

  /** The list of one type, in SQL. */
  private record Single(String name, Optional<Part> part, Optional<SortSql.Key> key) {
    String condition() {
      var all = "entry.tenant = :tenant and entry.type = " + name + " and entry.visible = 1";
      var rows =
          part.flatMap(Part::source).map(it -> "entry.seq in (" + it.seqs() + ")").orElse(all);
      return part.map(it -> rows + " and (" + it.condition() + ")").orElse(rows);
    }

    boolean scans() {
      return part.filter(it -> it.source().isEmpty()).isPresent();
    }
  }

  /**
   * @throws Refusal {@code INVALID_FILTER} for a filter the types cannot answer, {@code
   *     INVALID_VALUE} for what they cannot be sorted by
   */
  static ListSql of(ListQuery query, JsonSql json) {
    var bindings = new Bindings();
    var singles = query.types().stream().map(it -> single(it, query, json, bindings)).toList();
    var key = key(singles, query);
    boolean scans =
        singles.stream().anyMatch(Single::scans) || key.filter(it -> !it.indexed()).isPresent();
    return new ListSql(where(singles), key, bindings.values(), scans);
  }

  private static Single single(
      ResourceType type, ListQuery query, JsonSql json, Bindings bindings) {
    var entryType = EntryType.of(type.name());
    var name = bindings.add(type.name());
    var attributes =
        new AttributeSql(json, type, new RowSql(json, entryType, query.base(), bindings));
    var comparisons = new ComparisonSql(json, bindings);
    var filters =
        new FilterSql(
            new LeafSql(attributes, comparisons), new IndexSql(type, name, comparisons, bindings));
    var filter = query.filter().map(it -> known(it, type, query.types()));
    return new Single(
        name,
        filter.map(filters::of),
        query.sort().flatMap(it -> new SortSql(json, attributes).key(it.by())));
  }

  private static Filter known(Filter filter, ResourceType type, List<ResourceType> types) {
    var known = types.size() == 1 ? filter : KnownFilter.of(filter, type);
    FilterMatcher.of(known, type); // refuses what is wrong
    return known;
  }

  private static String where(List<Single> singles) {
    if (singles.stream().allMatch(it -> it.part.isEmpty())) {
      return everything(singles);
    }
    return singles.stream()
        .map(it -> "(" + it.condition() + ")")
        .collect(Collectors.joining(" or "));
  }

  private static String everything(List<Single> singles) {
    var names = singles.stream().map(Single::name).collect(Collectors.joining(", "));
    var types = singles.size() == 1 ? " = " + names : " in (" + names + ")";
    return "entry.tenant = :tenant and entry.type" + types + " and entry.visible = 1";
  }

  private static Optional<SortSql.Key> key(List<Single> singles, ListQuery query) {
    if (query.sort().isEmpty()) {
      return Optional.empty();
    }
    var having = singles.stream().filter(it -> it.key.isPresent()).toList();
    if (having.isEmpty()) {
      throw SortSql.invalid(query.sort().get().by(), "is not an attribute here");
    }
    return singles.size() == 1 ? singles.getFirst().key : Optional.of(byType(having));
  }

  private static SortSql.Key byType(List<Single> having) {
    var keys = having.stream().map(it -> it.key.orElseThrow()).toList();
    var cases =
        having.stream()
            .map(it -> " when entry.type = " + it.name + " then " + it.key.orElseThrow().sql())
            .collect(Collectors.joining());
    return new SortSql.Key("case" + cases + " end", keys.getFirst().numeric(), false);
  }
}
