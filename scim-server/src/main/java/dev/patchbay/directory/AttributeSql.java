package dev.patchbay.directory;

import dev.patchbay.database.JsonSql;
import dev.patchbay.directory.SqlValue.Form;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Schema;
import dev.patchbay.schema.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where SQL finds the attributes of a resource type: in columns, in rows beside it, in its JSON.
 */
final class AttributeSql {
  static final String ALWAYS = "1 = 1";

  private static final String EXACT = "entry.resource";
  private static final String FOLDED = "entry.folded";

  /** Columns that hold what {@link Attribute#comparable} makes of a value. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "id",
          "entry.id",
          "externalId",
          "entry.external_id",
          "userName",
          "entry.user_name",
          "displayName",
          "entry.display_name",
          ResourceTypes.PBX_USER + ":extensionNumber",
          "entry.extension");

  private final JsonSql json;
  private final ResourceType type;
  private final RowSql rows;

  AttributeSql(JsonSql json, ResourceType type, RowSql rows) {
    this.json = json;
    this.type = type;
    this.rows = rows;
  }

  /** What the values of a multi-valued attribute are read from, one row for each. */
  record Elements(String from, String where, String order, Function<Attribute, SqlValue> values) {

    /** A condition: one of them satisfies {@code condition}. */
    String any(String condition) {
      return "exists (select 1" + rows(condition) + ")";
    }

    /** A condition: there are none. */
    String none() {
      return "not exists (select 1" + rows(ALWAYS) + ")";
    }

    /** {@code value} of the first that satisfies {@code condition}. */
    String first(String value, String condition) {
      return "(select " + value + rows(condition) + " order by " + order + " limit 1)";
    }

    private String rows(String condition) {
      return " from " + from + " where " + where + " and (" + condition + ")";
    }
  }

  /** The column of the attribute, if it has one. */
  static Optional<String> column(Target target) {
    return Optional.ofNullable(COLUMNS.get(target.label()));
  }

  /** Empty for an attribute that has one value at most. */
  Optional<Elements> elements(Target target) {
    var attribute = target.attribute();
    if (!attribute.traits().multiValued()) {
      return Optional.empty();
    }
    var own = rows.elements(new Target(target.extension(), attribute, Optional.empty()).label());
    return own.isPresent() ? own : Optional.of(inJson(target.extension(), attribute));
  }

  private Elements inJson(Optional<Schema> extension, Attribute attribute) {
    var path = path(extension, attribute.name());
    if (attribute.subAttributes().isEmpty()) {
      var from = json.elements(attribute.traits().caseExact() ? EXACT : FOLDED, path, "e");
      return new Elements(from, ALWAYS, "e.key", it -> SqlValue.text(json.whole("e.value")));
    }
    var folded = json.elements(FOLDED, path, "f");
    if (attribute.subAttributes().stream().noneMatch(AttributeSql::readAsSent)) {
      return new Elements(
          folded, ALWAYS, "f.key", sub -> inJson(sub, "", "f.value", List.of(sub.name())));
    }
    var from = json.elements(EXACT, path, "e") + " join " + folded + " on f.key = e.key";
    return new Elements(
        from, ALWAYS, "e.key", sub -> inJson(sub, "e.value", "f.value", List.of(sub.name())));
  }

  /** The value of an attribute, or sub-attribute of one, that has one at most. */
  SqlValue value(Target target) {
    var column = column(target);
    return column.isPresent()
        ? SqlValue.text(column.get())
        : rows.value(target.label())
            .orElseGet(() -> inJson(target.leaf(), EXACT, FOLDED, path(target)));
  }

  private SqlValue inJson(Attribute attribute, String exact, String folded, List<String> path) {
    return switch (attribute.type()) {
      case STRING, REFERENCE, BINARY ->
          SqlValue.text(json.text(attribute.traits().caseExact() ? exact : folded, path));
      case BOOLEAN -> new SqlValue(json.word(folded, path), Form.TRUTH);
      case DECIMAL, INTEGER -> new SqlValue(json.number(folded, path), Form.NUMBER);
      case DATE_TIME -> new SqlValue(json.text(exact, path), Form.INSTANT);
      case COMPLEX -> new SqlValue(json.text(folded, path), Form.OBJECT);
    };
  }

  /** Whether the folded text does not tell the value. */
  private static boolean readAsSent(Attribute attribute) {
    return attribute.type() == Attribute.Type.DATE_TIME
        || (attribute.traits().caseExact() && attribute.type() != Attribute.Type.BOOLEAN);
  }

  private static List<String> path(Target target) {
    var path = new ArrayList<>(path(target.extension(), target.attribute().name()));
    target.sub().ifPresent(it -> path.add(it.name()));
    return path;
  }

  private static List<String> path(Optional<Schema> extension, String name) {
    return extension.map(it -> List.of(it.urn(), name)).orElseGet(() -> List.of(name));
  }

  ResourceType type() {
    return type;
  }
}
