package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.portsip.FilterTokens.Token;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a filter such as {@code name eq 'anna' or startswith(email,'a')} into SQL. {@code and}
 * binds more than {@code or}.
 */
final class FilterParser {
  /** SQLite takes expressions 1,000 deep. */
  private static final int MOST_PARTS = 200;

  private static final Map<String, String> OPERATORS =
      Map.of("eq", "IS", "ne", "IS NOT", "gt", ">", "ge", ">=", "lt", "<", "le", "<=");

  private static final Set<String> FUNCTIONS = Set.of("startswith", "endswith", "contains");

  private final Listing listing;
  private final FilterTokens tokens;
  private int parts;

  private FilterParser(Listing listing, FilterTokens tokens) {
    this.listing = listing;
    this.tokens = tokens;
  }

  /** Throws {@link ApiError} saying what is wrong with the filter. */
  static Condition parse(String filter, Listing listing, Undocumented undocumented) {
    var parser = new FilterParser(listing, new FilterTokens(filter, undocumented));
    Condition condition = parser.either();
    if (!parser.tokens.atEnd()) {
      throw ApiError.invalid("filter: 'and', 'or' or the end expected");
    }
    return condition;
  }

  private Condition either() {
    Condition condition = both();
    while (tokens.takeIf("or")) {
      condition = condition.join("OR", both());
    }
    return condition;
  }

  private Condition both() {
    Condition condition = single();
    while (tokens.takeIf("and")) {
      condition = condition.join("AND", single());
    }
    return condition;
  }

  private Condition single() {
    if (++parts > MOST_PARTS) {
      throw ApiError.invalid("filter: more than " + MOST_PARTS + " parts");
    }
    if (tokens.takeIf("(")) {
      Condition inner = either();
      expect(")");
      return inner;
    }
    String word = word("a field, a function or '('");
    String lower = word.toLowerCase(Locale.ROOT);
    return FUNCTIONS.contains(lower) ? function(lower) : comparison(word);
  }

  private Condition comparison(String field) {
    String sql = sql(field);
    String word = word("an operator");
    String operator = OPERATORS.get(word.toLowerCase(Locale.ROOT));
    if (operator == null) {
      throw ApiError.invalid("filter: no operator '" + word + "', only eq ne gt ge lt le");
    }
    Optional<Object> value = value();
    return value
        .map(it -> Condition.of(sql + " " + operator + " ?", it))
        .orElseGet(() -> Condition.of(sql + " " + operator + " NULL"));
  }

  private Condition function(String name) {
    expect("(");
    String sql = sql(word("a field"));
    expect(",");
    String text = tokens.take() instanceof Token.Text it ? it.text() : notText();
    expect(")");
    return switch (name) {
      case "startswith" -> Condition.of("substr(" + sql + ", 1, length(?)) = ?", text, text);
      case "endswith" ->
          text.isEmpty()
              ? Condition.ALWAYS
              : Condition.of("substr(" + sql + ", -length(?)) = ?", text, text);
      default -> Condition.of("instr(" + sql + ", ?) > 0", text);
    };
  }

  private static String notText() {
    throw ApiError.invalid("filter: a text in quotes expected");
  }

  /** A text, number or truth value; empty for null. */
  private Optional<Object> value() {
    return switch (tokens.take()) {
      case Token.Text text -> Optional.of(text.text());
      case Token.Word word -> unquoted(word.word());
      case Token.End end -> throw ApiError.invalid("filter: a value expected at the end");
    };
  }

  private static Optional<Object> unquoted(String word) {
    return switch (word) {
      case "null" -> Optional.empty();
      case "true" -> Optional.of(1);
      case "false" -> Optional.of(0);
      default -> Optional.of(number(word));
    };
  }

  private static Object number(String word) {
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException none) {
      throw ApiError.invalid("filter: '" + word + "' is no value; texts stand in single quotes");
    }
  }

  private String sql(String field) {
    return listing
        .sql(field)
        .orElseThrow(() -> ApiError.invalid("filter: no field '" + field + "' in this list"));
  }

  private String word(String expected) {
    if (tokens.take() instanceof Token.Word token) {
      return token.word();
    }
    throw ApiError.invalid("filter: " + expected + " expected");
  }

  private void expect(String mark) {
    if (!tokens.takeIf(mark)) {
      throw ApiError.invalid("filter: '" + mark + "' expected");
    }
  }
}
