package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Filter.ValueFilter;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which comparisons an index answers. SQLite keeps no statistics and would rather walk a tenant's
 * list in order than look into an index out of order. So the rows an index finds are named in a
 * subquery first, and everything else is a condition on those.
 */
final class IndexSql {
  private final ResourceType type;
  private final String rows;
  private final ComparisonSql comparisons;
  private final Bindings bindings;

  /**
   * @param typeName the type as the statement has it
   */
  IndexSql(ResourceType type, String typeName, ComparisonSql comparisons, Bindings bindings) {
    this.type = type;
    this.rows = ".tenant = :tenant and %s.type = " + typeName + " and %s.visible = 1 and ";
    this.comparisons = comparisons;
    this.bindings = bindings;
  }

  /**
   * Rows that an index finds, all that satisfy a filter among them.
   *
   * @param seqs a select of the column {@code seq}
   */
  record Source(String seqs, Breadth breadth) {}

  /** How many rows a source may have; the narrowest one is taken. */
  enum Breadth {
    ONE,
    FEW,
    MANY
  }

  Optional<Source> of(Comparison filter) {
    var target = type.find(filter.path()).flatMap(Target::comparable).orElseThrow();
    if (target.label().equals("meta.lastModified")) {
      return modified(target, filter);
    }
    if (!(filter.value() instanceof Literal.Text(String text))) {
      return Optional.empty();
    }
    var column = AttributeSql.column(target);
    var wanted = target.leaf().comparable(text);
    return column.isPresent()
        ? inColumn(target, column.get(), filter.operator(), wanted)
        : Optional.of(wanted)
            .filter(it -> filter.operator() == Operator.EQ)
            .flatMap(it -> inRows(target.label(), it));
  }

  /** {@code emails[type eq "work" and value eq "x"]}: the rows know the value, not the type. */
  Optional<Source> of(ValueFilter filter) {
    var target = type.find(filter.path()).orElseThrow();
    return target
        .attribute()
        .sub("value")
        .flatMap(it -> value(filter.element()).map(it::comparable))
        .flatMap(it -> inRows(target.label() + ".value", it));
  }

  private static Optional<String> value(Filter element) {
    var parts = element instanceof Filter.And(List<Filter> all) ? all : List.of(element);
    return parts.stream().flatMap(IndexSql::wholeValue).findFirst();
  }

  private static Stream<String> wholeValue(Filter part) {
    return part instanceof Comparison(var path, var operator, Literal.Text(String text))
            && operator == Operator.EQ
            && path.name().equalsIgnoreCase("value")
        ? Stream.of(text)
        : Stream.empty();
  }

  /** Only since when: who asks until when gets most of them. */
  private Optional<Source> modified(Target target, Comparison filter) {
    boolean since =
        switch (filter.operator()) {
          case EQ, GT, GE -> !(filter.value() instanceof Literal.Unassigned);
          case NE, CO, SW, EW, LT, LE -> false;
        };
    var column = new SqlValue("modified_at", SqlValue.Form.MILLIS);
    return Optional.of(filter)
        .filter(it -> since)
        .map(it -> comparisons.of(column, target.leaf(), it.operator(), it.value()))
        .map(it -> entries(it, Breadth.MANY));
  }

  private Optional<Source> inColumn(
      Target target, String column, Operator operator, String wanted) {
    return switch (operator) {
      case EQ -> Optional.of(entries(column + " = " + bindings.add(wanted), breadth(target)));
      case SW -> prefix(column, wanted);
      case NE, CO, EW, GT, GE, LT, LE -> Optional.empty();
    };
  }

  private static Breadth breadth(Target target) {
    return target.leaf().traits().uniqueness() == Attribute.Uniqueness.NONE
            && !target.label().equals("id")
        ? Breadth.FEW
        : Breadth.ONE;
  }

  /** From the prefix up to the first text behind all that begin with it. */
  private Optional<Source> prefix(String column, String prefix) {
    return after(prefix)
        .map(
            end ->
                column
                    + " >= "
                    + bindings.add(prefix)
                    + " and "
                    + column
                    + " < "
                    + bindings.add(end))
        .map(range -> entries(range, Breadth.MANY));
  }

  /** In the order of code points, which is the order of both stores. */
  private static Optional<String> after(String prefix) {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    int last = prefix.codePointBefore(prefix.length());
    int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
    return next > Character.MAX_CODE_POINT
        ? Optional.empty()
        : Optional.of(
            prefix.substring(0, prefix.length() - Character.charCount(last))
                + Character.toString(next));
  }

  private Optional<Source> inRows(String label, String wanted) {
    return switch (label) {
      case "emails.value" -> Optional.of(found("email r", "r.entry_id", "r.value", wanted));
      case "members.value" -> Optional.of(found("member r", "r.group_id", "r.user_id", wanted));
      case "groups.value" -> Optional.of(found("member r", "r.user_id", "r.group_id", wanted));
      default -> Optional.empty();
    };
  }

  private Source entries(String condition, Breadth breadth) {
    return new Source("select seq from entry where " + rows("entry") + condition, breadth);
  }

  /** SQLite keeps the order of a cross join. */
  private Source found(String from, String entry, String column, String wanted) {
    var breadth = entry.equals("r.user_id") ? Breadth.MANY : Breadth.FEW;
    return new Source(
        "select i.seq from "
            + from
            + " cross join entry i where "
            + rows("i")
            + "i.id = "
            + entry
            + " and "
            + column
            + " = "
            + bindings.add(wanted),
        breadth);
  }

  private String rows(String alias) {
    return alias + rows.replace("%s", alias);
  }
}
