package dev.patchbay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Refusal.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilterParserProperties {
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "not",
          "and",
          "or",
          "eq",
          "pr",
          "co",
          "userName",
          "emails",
          "value",
          ".value",
          "urn:a:b:c",
          "\"x\"",
          "\"",
          "\\",
          "1",
          "true",
          "null",
          " ",
          ".",
          ":",
          "\0",
          "é");

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsPrintedIsReadAsTheSame(@ForAll("filters") Filter filter) {
    assertThat(FilterParser.parse(filter.toString())).isEqualTo(filter);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefused(text);
  }

  @Property
  void anyHeapOfPiecesIsReadOrRefused(@ForAll("heaps") String text) {
    readOrRefused(text);
  }

  @Property(tries = 50)
  void anyHugeHeapOfOnePieceIsReadOrRefused(@ForAll("repeated") String text) {
    readOrRefused(text);
  }

  private static void readOrRefused(String text) {
    try {
      assertThat(FilterParser.parse(text)).isNotNull();
    } catch (Refusal refusal) {
      assertThat(refusal.kind()).isEqualTo(Kind.INVALID_FILTER);
    }
    try {
      assertThat(PatchPath.parse(text)).isNotNull();
    } catch (Refusal refusal) {
      assertThat(refusal.kind()).isIn(Kind.INVALID_FILTER, Kind.INVALID_PATH);
    }
  }

  @Provide
  Arbitrary<String> heaps() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(it -> String.join(" ", it));
  }

  @Provide
  Arbitrary<String> repeated() {
    return Combinators.combine(Arbitraries.of(PIECES), Arbitraries.integers().between(1, 100_000))
        .as(String::repeat);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(4, paths(), true);
  }

  private static Arbitrary<Filter> filters(
      int depth, Arbitrary<AttributePath> paths, boolean brackets) {
    var comparison =
        Combinators.combine(paths, Arbitraries.of(Operator.class), literals())
            .as((path, operator, value) -> (Filter) new Comparison(path, operator, value));
    var present = paths.map(it -> (Filter) new Filter.Present(it));
    if (depth == 0) {
      return Arbitraries.oneOf(comparison, present);
    }
    var inner = filters(depth - 1, paths, brackets);
    var parts = inner.list().ofMinSize(2).ofMaxSize(3);
    var and = parts.map(it -> (Filter) new Filter.And(it));
    var or = parts.map(it -> (Filter) new Filter.Or(it));
    var not = inner.map(it -> (Filter) new Filter.Not(it));
    if (!brackets) {
      return Arbitraries.oneOf(comparison, present, and, or, not);
    }
    var elements =
        Combinators.combine(names(), filters(2, names().map(AttributePath::of), false))
            .as((name, it) -> (Filter) new Filter.ValueFilter(AttributePath.of(name), it));
    return Arbitraries.oneOf(comparison, present, and, or, not, elements);
  }

  private static Arbitrary<AttributePath> paths() {
    var urn = Arbitraries.of("urn:a:2.0:User", "urn:ietf:params:x").optional();
    return Combinators.combine(urn, names(), names().optional())
        .as((prefix, name, sub) -> new AttributePath(prefix, name, sub));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("userName", "emails", "$ref", "x509Certificates", "a-b_c", "and", "pr");
  }

  private static Arbitrary<Literal> literals() {
    // Whole code points: half a surrogate pair is no text, and refused.
    var texts =
        Arbitraries.integers()
            .between(1, 0x10FFFF)
            .filter(it -> it < 0xD800 || it > 0xDFFF)
            .list()
            .ofMaxSize(8)
            .map(it -> it.stream().map(Character::toString).reduce("", String::concat))
            .map(it -> (Literal) new Literal.Text(it));
    var numbers =
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1e9"), new BigDecimal("1e9"))
            .map(it -> (Literal) new Literal.Numeral(it));
    return Arbitraries.oneOf(
        texts,
        numbers,
        Arbitraries.of(true, false).map(Literal.Truth::new),
        Arbitraries.just(new Literal.Unassigned()));
  }

  @Property
  void aPathIsReadAsItIsPrinted(@ForAll("paths") AttributePath path) {
    assertThat(AttributePath.parse(path.toString())).isEqualTo(Optional.of(path));
  }

  @Provide("paths")
  Arbitrary<AttributePath> anyPath() {
    return paths();
  }
}
