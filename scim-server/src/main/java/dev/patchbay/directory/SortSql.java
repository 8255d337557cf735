package dev.patchbay.directory;

import dev.patchbay.database.JsonSql;
import dev.patchbay.directory.AttributeSql.Elements;
import dev.patchbay.directory.SqlValue.Form;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.Target;
import java.util.Optional;

/** The value that lists are sorted by, as SQL: of several the primary one or else the first. */
final class SortSql {
  private final JsonSql json;
  private final AttributeSql attributes;

  SortSql(JsonSql json, AttributeSql attributes) {
    this.json = json;
    this.attributes = attributes;
  }

  /**
   * A value to sort by.
   *
   * @param sql null for an entry that has none
   * @param indexed whether an index has this order
   */
  record Key(String sql, boolean numeric, boolean indexed) {}

  /** Empty if the type has no such attribute. */
  Optional<Key> key(AttributePath by) {
    return attributes.type().find(by).map(it -> key(it, by));
  }

  private Key key(Target found, AttributePath by) {
    if (found.isNeverReturned()) {
      throw new Refusal(Kind.INVALID_VALUE, "'sortBy': '" + found.label() + "' is not shown");
    }
    var target =
        found
            .comparable()
            .orElseThrow(() -> invalid(by, "is complex; name a sub-attribute to sort by"));
    return attributes
        .elements(target)
        .map(it -> new Key(first(it, target), false, false))
        .orElseGet(() -> of(target));
  }

  private Key of(Target target) {
    var value = attributes.value(target);
    boolean column = AttributeSql.column(target).isPresent();
    boolean numeric = value.form() == Form.MILLIS || value.form() == Form.FLAG;
    boolean indexed = column || value.form() == Form.FLAG || value.sql().endsWith(".modified_at");
    return new Key(column || numeric ? value.sql() : comparable(value), numeric, indexed);
  }

  private String comparable(SqlValue value) {
    return switch (value.form()) {
      case TEXT, TRUTH -> json.byCodePoint("nullif(" + value.sql() + ", '')");
      case INSTANT -> json.byCodePoint(ComparisonSql.instantKey(value.sql()));
      case NUMBER, MILLIS, FLAG, OBJECT -> value.sql();
    };
  }

  private String first(Elements elements, Target target) {
    var value = comparable(elements.values().apply(target.leaf()));
    var any = elements.first(value, AttributeSql.ALWAYS);
    return target
        .attribute()
        .sub("primary")
        .map(it -> elements.first(value, isTrue(elements, it)))
        .map(primary -> "coalesce(" + primary + ", " + any + ")")
        .orElse(any);
  }

  private static String isTrue(Elements elements, Attribute primary) {
    return elements.values().apply(primary).sql() + " = 'true'";
  }

  static Refusal invalid(AttributePath by, String problem) {
    return new Refusal(
        Kind.INVALID_VALUE, "'sortBy': " + Refusal.quoted(by.toString()) + " " + problem);
  }
}
