package dev.patchbay.schema;

import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.FilterTokens.Bracket;
import dev.patchbay.schema.FilterTokens.End;
import dev.patchbay.schema.FilterTokens.Quoted;
import dev.patchbay.schema.FilterTokens.Token;
import dev.patchbay.schema.FilterTokens.Word;
import dev.patchbay.schema.Refusal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads filters (RFC 7644 §3.4.2.2, figure 1) and the paths of PATCH operations.
 *
 * <p>Our own, since the SDK's parser overflows the stack on deep nesting, and refuses or misreads
 * {@code emails co "x"}, URN-qualified core attributes and {@code emails[type eq "work"].value eq
 * "x"}. Every bound is checked before it can hurt.
 */
public final class FilterParser {
  /** Characters; above what a URL carries in practice. */
  public static final int MAX_LENGTH = 16 * 1024;

  /** Parentheses and brackets within each other. */
  public static final int MAX_DEPTH = 64;

  /** Comparisons in one filter. */
  public static final int MAX_TERMS = 256;

  private final FilterTokens tokens;
  private int terms;

  private FilterParser(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new Refusal(Kind.INVALID_FILTER, "filter is longer than " + MAX_LENGTH + " characters");
    }
    this.tokens = FilterTokens.of(text);
  }

  /**
   * The filter that {@code text} spells.
   *
   * @throws Refusal {@code INVALID_FILTER} for anything that is not a filter, or too big a one
   */
  public static Filter parse(String text) {
    var parser = new FilterParser(text);
    var filter = parser.alternatives(0);
    parser.end();
    return AssumedPrimary.in(filter);
  }

  static PatchPath parsePath(String text) {
    int bracket = text.indexOf('[');
    if (bracket < 0) {
      return new PatchPath(pathOf(text), Optional.empty());
    }
    var base = pathOf(text.substring(0, bracket));
    if (base.sub().isPresent()) {
      throw invalidPath(text);
    }
    var parser = new FilterParser(text.substring(bracket));
    parser.tokens.take();
    var filter = AssumedPrimary.inElement(parser.element(0));
    var sub = parser.tokens.takeSub();
    boolean ends = parser.tokens.peek() instanceof End;
    if (!ends || sub.filter(it -> !AttributePath.isName(it)).isPresent()) {
      throw invalidPath(text);
    }
    return new PatchPath(new AttributePath(base.urn(), base.name(), sub), Optional.of(filter));
  }

  private static AttributePath pathOf(String text) {
    return AttributePath.parse(text).orElseThrow(() -> invalidPath(text));
  }

  private Filter alternatives(int depth) {
    var parts = new ArrayList<Filter>();
    do {
      parts.add(conjunction(depth));
    } while (tokens.takes("or"));
    return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
  }

  private Filter conjunction(int depth) {
    var parts = new ArrayList<Filter>();
    do {
      parts.add(term(depth));
    } while (tokens.takes("and"));
    return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
  }

  private Filter term(int depth) {
    if (tokens.takes('(')) {
      return grouped(depth);
    }
    var token = tokens.take();
    if (!(token instanceof Word(String text, int at))) {
      throw expected("an attribute", token);
    }
    if (text.equalsIgnoreCase("not") && tokens.takes('(')) {
      return new Filter.Not(grouped(depth));
    }
    return expression(path(text, at), depth);
  }

  private Filter grouped(int depth) {
    var inner = alternatives(deeper(depth));
    if (!tokens.takes(')')) {
      throw expected("')'", tokens.peek());
    }
    return inner;
  }

  private Filter expression(AttributePath path, int depth) {
    if (!tokens.takes('[')) {
      return comparison(path);
    }
    if (path.sub().isPresent()) {
      throw invalid("'[' follows an attribute, not a sub-attribute", tokens.peek().at());
    }
    int at = tokens.peek().at();
    var element = element(depth);
    return tokens
        .takeSub()
        .map(sub -> Filter.and(element, comparison(simple(path(sub, at)))))
        .<Filter>map(both -> new Filter.ValueFilter(path, both))
        .orElseGet(() -> new Filter.ValueFilter(path, element));
  }

  /** What stands between brackets, the opening one taken. */
  private Filter element(int depth) {
    var inner = alternatives(deeper(depth));
    if (!tokens.takes(']')) {
      throw expected("']'", tokens.peek());
    }
    requireSubAttributes(inner);
    return inner;
  }

  private static void requireSubAttributes(Filter filter) {
    switch (filter) {
      case Filter.And(List<Filter> all) -> all.forEach(FilterParser::requireSubAttributes);
      case Filter.Or(List<Filter> any) -> any.forEach(FilterParser::requireSubAttributes);
      case Filter.Not(Filter inner) -> requireSubAttributes(inner);
      case Comparison it -> simple(it.path());
      case Filter.Present(AttributePath path) -> simple(path);
      case Filter.ValueFilter it -> throw notSub(it.path());
    }
  }

  private static AttributePath simple(AttributePath path) {
    if (path.urn().isPresent() || path.sub().isPresent()) {
      throw notSub(path);
    }
    return path;
  }

  private Filter comparison(AttributePath path) {
    if (++terms > MAX_TERMS) {
      throw new Refusal(Kind.INVALID_FILTER, "filter has more than " + MAX_TERMS + " comparisons");
    }
    var token = tokens.take();
    if (!(token instanceof Word(String word, int at))) {
      throw expected("an operator", token);
    }
    if (word.equalsIgnoreCase("pr")) {
      return new Filter.Present(path);
    }
    return new Comparison(path, operator(word, at), literal(tokens.take()));
  }

  private static Operator operator(String word, int at) {
    try {
      return Operator.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid(Refusal.quoted(word) + " is no operator", at);
    }
  }

  private static Literal literal(Token token) {
    return switch (token) {
      case Quoted(String text, int at) -> new Literal.Text(text);
      case Word(String text, int at) -> literal(text, at);
      case Bracket it -> throw expected("a value", it);
      case End it -> throw expected("a value", it);
    };
  }

  private static Literal literal(String word, int at) {
    var number = ScalarForm.number(word);
    if (number.isPresent()) {
      return new Literal.Numeral(number.get());
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> new Literal.Truth(true);
      case "false" -> new Literal.Truth(false);
      case "null" -> new Literal.Unassigned();
      default -> throw invalid(Refusal.quoted(word) + " is no value; strings are quoted", at);
    };
  }

  private void end() {
    if (!(tokens.peek() instanceof End)) {
      throw expected("'and', 'or' or the end", tokens.peek());
    }
  }

  private static AttributePath path(String text, int at) {
    return AttributePath.parse(text)
        .orElseThrow(() -> invalid(Refusal.quoted(text) + " is no attribute", at));
  }

  private static int deeper(int depth) {
    if (depth >= MAX_DEPTH) {
      throw new Refusal(
          Kind.INVALID_FILTER, "filter is nested more than " + MAX_DEPTH + " levels deep");
    }
    return depth + 1;
  }

  private static Refusal expected(String what, Token found) {
    var seen =
        switch (found) {
          case Word(String text, int at) -> Refusal.quoted(text);
          case Quoted it -> "a string";
          case Bracket(char sign, int at) -> "'" + sign + "'";
          case End it -> "the end";
        };
    return invalid("expected " + what + ", found " + seen, found.at());
  }

  static Refusal invalid(String problem, int at) {
    return new Refusal(Kind.INVALID_FILTER, "filter: " + problem + " at character " + (at + 1));
  }

  private static Refusal notSub(AttributePath path) {
    return new Refusal(
        Kind.INVALID_FILTER, "filter: " + Refusal.quoted(path.toString()) + " is no sub-attribute");
  }

  private static Refusal invalidPath(String text) {
    return new Refusal(Kind.INVALID_PATH, "path " + Refusal.quoted(text) + " is not valid");
  }
}
