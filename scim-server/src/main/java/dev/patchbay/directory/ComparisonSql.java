package dev.patchbay.directory;

import dev.patchbay.database.JsonSql;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A comparison as a condition of SQL that says what {@link dev.patchbay.schema.FilterMatcher} says.
 * Filters that cannot be were refused before.
 */
final class ComparisonSql {
  private final JsonSql json;
  private final Bindings bindings;

  ComparisonSql(JsonSql json, Bindings bindings) {
    this.json = json;
    this.bindings = bindings;
  }

  String of(SqlValue value, Attribute attribute, Operator operator, Literal literal) {
    if (literal instanceof Literal.Unassigned) {
      return operator == Operator.NE ? value.present() : "(" + value.present() + ") is not true";
    }
    var sql = value.sql();
    return switch (value.form()) {
      case TEXT -> text(sql, operator, attribute.comparable(literal.asText()));
      case TRUTH -> ordered(sql, operator, literal.asTruth().orElseThrow().toString());
      case FLAG -> ordered(sql, operator, literal.asTruth().orElseThrow() ? 1 : 0);
      case NUMBER -> ordered(sql, operator, literal.asNumber().orElseThrow());
      case INSTANT ->
          operator.partial()
              ? text("lower(" + sql + ")", operator, attribute.comparable(literal.asText()))
              : ordered(instantKey(sql), operator, key(literal.asInstant().orElseThrow()));
      case MILLIS ->
          operator.partial()
              ? text(
                  "lower(" + json.instant(sql) + ")",
                  operator,
                  attribute.comparable(literal.asText()))
              : millis(sql, operator, literal.asInstant().orElseThrow());
      case OBJECT -> throw new IllegalArgumentException(attribute.name() + " is not compared");
    };
  }

  private String text(String sql, Operator operator, String wanted) {
    if (operator.partial() && wanted.isEmpty()) {
      return sql + " is not null";
    }
    int length = wanted.codePointCount(0, wanted.length());
    return switch (operator) {
      case EQ, NE -> ordered(sql, operator, wanted);
      case GT, GE, LT, LE -> ordered(json.byCodePoint(sql), operator, wanted);
      case CO -> json.contains(sql, bindings.add(wanted));
      case SW -> "substr(" + sql + ", 1, " + length + ") = " + bindings.add(wanted);
      case EW -> {
        // A text shorter than what it shall end with would be cut elsewhere, or not at all.
        var end = "substr(" + sql + ", length(" + sql + ") - " + (length - 1) + ")";
        yield "length(" + sql + ") >= " + length + " and " + end + " = " + bindings.add(wanted);
      }
    };
  }

  private String ordered(String sql, Operator operator, Object wanted) {
    return sql + " " + sign(operator) + " " + bindings.add(wanted);
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQ -> "=";
      case NE -> "is distinct from";
      case GT -> ">";
      case GE -> ">=";
      case LT -> "<";
      case LE -> "<=";
      case CO, SW, EW -> throw new IllegalArgumentException(operator.word() + " has no order");
    };
  }

  /** Stored times are in UTC and without needless zeros, so that their text has their order. */
  static String instantKey(String sql) {
    return "rtrim(" + sql + ", 'Z')";
  }

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static String key(Instant instant) {
    return clamped(instant).toString().replace("Z", "");
  }

  /** What is stored lies between; beyond, text would have another order and milliseconds none. */
  private static Instant clamped(Instant instant) {
    if (instant.isBefore(FIRST)) {
      return FIRST;
    }
    return instant.isAfter(LAST) ? LAST : instant;
  }

  /** A stored time has no part of a millisecond; one that was sent may. */
  private String millis(String sql, Operator operator, Instant sent) {
    var wanted = clamped(sent);
    boolean whole = wanted.truncatedTo(ChronoUnit.MILLIS).equals(wanted);
    var shown =
        switch (operator) {
          case GE -> whole ? Operator.GE : Operator.GT;
          case LT -> whole ? Operator.LT : Operator.LE;
          case EQ, NE, GT, LE, CO, SW, EW -> operator;
        };
    if (!whole && (operator == Operator.EQ || operator == Operator.NE)) {
      return sql + (operator == Operator.EQ ? " is null" : " is not null");
    }
    return ordered(sql, shown, wanted.toEpochMilli());
  }

  static String constant(String text) {
    return "'" + text.toLowerCase(Locale.ROOT) + "'";
  }
}
