package dev.patchbay.schema;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A filter of RFC 7644 §3.4.2.2, as {@link FilterParser} reads it. {@code toString} writes it in
 * SCIM's own syntax, so that it can be parsed again.
 */
public sealed interface Filter {

  /** All of two or more hold. */
  record And(List<Filter> all) implements Filter {
    public And {
      all = atLeastTwo(all);
    }

    @Override
    public String toString() {
      return joined(all, " and ", part -> part instanceof And || part instanceof Or);
    }
  }

  /** One of two or more holds. */
  record Or(List<Filter> any) implements Filter {
    public Or {
      any = atLeastTwo(any);
    }

    @Override
    public String toString() {
      return joined(any, " or ", part -> part instanceof Or);
    }
  }

  record Not(Filter filter) implements Filter {
    @Override
    public String toString() {
      return "not (" + filter + ")";
    }
  }

  record Comparison(AttributePath path, Operator operator, Literal value) implements Filter {
    /** Whether it holds for an attribute without a value. */
    public boolean isTrueOfNothing() {
      boolean isUnassigned = value instanceof Literal.Unassigned;
      return isUnassigned ? operator == Operator.EQ : operator == Operator.NE;
    }

    @Override
    public String toString() {
      return path + " " + operator.word() + " " + value;
    }
  }

  /** The attribute has a value: {@code pr}. */
  record Present(AttributePath path) implements Filter {
    @Override
    public String toString() {
      return path + " pr";
    }
  }

  /**
   * One and the same element of {@code path} satisfies {@code element}, whose paths are
   * sub-attributes. {@code emails[type eq "work"].value eq "x"} is read as {@code emails[type eq
   * "work" and value eq "x"]}, which is what it says.
   */
  record ValueFilter(AttributePath path, Filter element) implements Filter {
    @Override
    public String toString() {
      return path + "[" + element + "]";
    }
  }

  /** Comparisons with a value; {@code pr} has none and is {@link Present}. */
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it looks for a part of a text. */
    public boolean partial() {
      return switch (this) {
        case CO, SW, EW -> true;
        case EQ, NE, GT, GE, LT, LE -> false;
      };
    }
  }

  /** What an attribute is compared with. */
  sealed interface Literal {
    /** As text, for an attribute that is one. */
    default String asText() {
      return this instanceof Text(String text) ? text : toString();
    }

    /** As a boolean, if it is one. Entra ID writes booleans as the strings "True" and "False". */
    default Optional<Boolean> asTruth() {
      return ScalarForm.truth(asText());
    }

    default Optional<BigDecimal> asNumber() {
      return ScalarForm.number(asText());
    }

    default Optional<Instant> asInstant() {
      return ScalarForm.instant(asText());
    }

    record Text(String text) implements Literal {
      @Override
      public String toString() {
        return TextNode.valueOf(text).toString();
      }
    }

    record Truth(boolean truth) implements Literal {
      @Override
      public String toString() {
        return Boolean.toString(truth);
      }
    }

    record Numeral(BigDecimal number) implements Literal {
      @Override
      public String toString() {
        return number.toString();
      }
    }

    /** {@code null}: the attribute is unassigned (RFC 7643 §2.5). */
    record Unassigned() implements Literal {
      @Override
      public String toString() {
        return "null";
      }
    }
  }

  /** Both filters, without nesting one {@link And} in another. */
  static Filter and(Filter first, Filter second) {
    var parts = new ArrayList<Filter>();
    parts.addAll(first instanceof And(List<Filter> all) ? all : List.of(first));
    parts.addAll(second instanceof And(List<Filter> all) ? all : List.of(second));
    return new And(parts);
  }

  private static List<Filter> atLeastTwo(List<Filter> parts) {
    if (parts.size() < 2) {
      throw new IllegalArgumentException("and/or joins two or more filters, was " + parts.size());
    }
    return List.copyOf(parts);
  }

  private static String joined(List<Filter> parts, String word, Predicate<Filter> inParentheses) {
    return parts.stream()
        .map(part -> inParentheses.test(part) ? "(" + part + ")" : part.toString())
        .collect(Collectors.joining(word));
  }
}
