package dev.patchbay.directory;

import dev.patchbay.directory.FilterSql.Breadth;
import dev.patchbay.directory.FilterSql.Source;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Filter.Present;
import dev.patchbay.schema.Filter.ValueFilter;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What columns and rows of the directory know of single comparisons; names values as it goes. */
final class LeafSql {
  private static final String ROWS =
      "select seq from entry where tenant = :tenant and type = :type and visible = 1 and ";

  /** What of it the select of a {@link Source} joins; SQLite keeps the order of a cross join. */
  private static final String JOINED =
      " cross join entry e where e.tenant = :tenant and e.type = :type and e.visible = 1 and ";

  /**
   * @param condition on a row of {@code entry}
   * @param residual empty if the condition says it all
   */
  record Leaf(String condition, Optional<Source> source, Optional<Filter> residual) {}

  /** A column with an index of its own. */
  private record Column(String name, boolean folded, Breadth breadth) {
    String compared(String text) {
      return folded ? Attribute.folded(text) : text;
    }
  }

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "id",
          new Column("id", false, Breadth.ONE),
          "externalId",
          new Column("external_id", false, Breadth.FEW),
          "userName",
          new Column("user_name", true, Breadth.ONE),
          "displayName",
          new Column("display_name", true, Breadth.FEW),
          ResourceTypes.PBX_USER + ":extensionNumber",
          new Column("extension", false, Breadth.ONE));

  private final ResourceType type;
  private final Map<String, Object> bindings = new HashMap<>();

  LeafSql(ResourceType type) {
    this.type = type;
  }

  Map<String, Object> bindings() {
    return bindings;
  }

  Optional<Leaf> of(Present filter) {
    return column(filter.path())
        .map(it -> new Leaf(it.name + " is not null", Optional.empty(), Optional.of(filter)));
  }

  Optional<Leaf> of(Comparison filter) {
    var label = type.find(filter.path()).map(Target::label).orElse("");
    if (label.equals("active")) {
      return active(filter);
    }
    if (!(filter.value() instanceof Literal.Text(String text))) {
      return Optional.empty();
    }
    var column = column(filter.path());
    return column.isPresent()
        ? ofColumn(column.get(), filter.operator(), text)
        : Optional.of(filter.operator())
            .filter(it -> it == Operator.EQ)
            .flatMap(it -> ofRows(label, text));
  }

  /** {@code emails[type eq "work" and value eq "x"]}: the rows know the value, not the type. */
  Optional<Leaf> of(ValueFilter filter) {
    var label = type.find(filter.path()).map(Target::label).orElse("");
    return value(filter.element())
        .flatMap(it -> ofRows(label, it))
        .map(
            it ->
                filter.element() instanceof Comparison
                    ? it
                    : new Leaf(it.condition, it.source, Optional.of(filter)));
  }

  private static Optional<String> value(Filter element) {
    var parts = element instanceof Filter.And(List<Filter> all) ? all : List.of(element);
    return parts.stream().flatMap(LeafSql::wholeValue).findFirst();
  }

  private static Stream<String> wholeValue(Filter part) {
    return part instanceof Comparison(var path, var operator, Literal.Text(String text))
            && operator == Operator.EQ
            && path.name().equalsIgnoreCase("value")
        ? Stream.of(text)
        : Stream.empty();
  }

  private Optional<Column> column(AttributePath path) {
    return type.find(path).map(Target::label).flatMap(it -> Optional.ofNullable(COLUMNS.get(it)));
  }

  private Optional<Leaf> ofColumn(Column column, Operator operator, String text) {
    var compared = column.compared(text);
    return switch (operator) {
      case EQ -> Optional.of(leaf(column.name + " = " + bind(compared), column.breadth));
      case SW -> prefix(column.name, compared);
      case CO -> column.folded ? Optional.of(containing(column.name, compared)) : Optional.empty();
      case NE, EW, GT, GE, LT, LE -> Optional.empty();
    };
  }

  private static Leaf leaf(String condition, Breadth breadth) {
    var source = new Source(ROWS + condition, breadth);
    return new Leaf(condition, Optional.of(source), Optional.empty());
  }

  /** From the prefix up to the first text behind all that begin with it. */
  private Optional<Leaf> prefix(String column, String prefix) {
    return after(prefix)
        .map(end -> column + " >= " + bind(prefix) + " and " + column + " < " + bind(end))
        .map(range -> leaf(range, Breadth.MANY));
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

  // SQLite's LIKE ignores the case of A to Z; folded text has none of them.
  private Leaf containing(String column, String part) {
    var literal = part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    var condition = column + " like " + bind("%" + literal + "%") + " escape '!'";
    return new Leaf(condition, Optional.empty(), Optional.empty());
  }

  /** The index of this column has the list's order, too: no source needed. */
  private static Optional<Leaf> active(Comparison filter) {
    var truth =
        switch (filter.value()) {
          case Literal.Truth(boolean it) -> Optional.of(it);
          case Literal.Text(String text) when text.equalsIgnoreCase("true") -> Optional.of(true);
          case Literal.Text(String text) when text.equalsIgnoreCase("false") -> Optional.of(false);
          case Literal.Text it -> Optional.<Boolean>empty();
          case Literal.Numeral it -> Optional.<Boolean>empty();
          case Literal.Unassigned it -> Optional.<Boolean>empty();
        };
    return truth
        .filter(it -> filter.operator() == Operator.EQ)
        .map(it -> "active = " + (it ? 1 : 0))
        .map(it -> new Leaf(it, Optional.empty(), Optional.empty()));
  }

  private Optional<Leaf> ofRows(String label, String text) {
    return switch (label) {
      case "emails", "emails.value" -> Optional.of(email(bind(Attribute.folded(text))));
      case "members", "members.value" -> Optional.of(member(bind(text)));
      case "groups", "groups.value" -> Optional.of(inGroup(bind(text)));
      default -> Optional.empty();
    };
  }

  private static Leaf email(String value) {
    return rows(
        "exists (select 1 from email where entry_id = entry.id and value = " + value + ")",
        "select e.seq from email r" + JOINED + "e.id = r.entry_id and r.value = " + value,
        Breadth.FEW);
  }

  private static Leaf member(String user) {
    return rows(
        "exists (select 1 from member where group_id = entry.id and desired = 1 and user_id = "
            + user
            + ")",
        "select e.seq from member r"
            + JOINED
            + "e.id = r.group_id and r.desired = 1 and r.user_id = "
            + user,
        Breadth.FEW);
  }

  private static Leaf inGroup(String group) {
    return rows(
        "exists (select 1 from member where user_id = entry.id and desired = 1 and group_id = "
            + group
            + ")",
        "select e.seq from member r"
            + JOINED
            + "e.id = r.user_id and r.desired = 1 and r.group_id = "
            + group,
        Breadth.MANY);
  }

  private static Leaf rows(String condition, String seqs, Breadth breadth) {
    return new Leaf(condition, Optional.of(new Source(seqs, breadth)), Optional.empty());
  }

  private String bind(String value) {
    var name = "f" + bindings.size();
    bindings.put(name, value);
    return ":" + name;
  }
}
