package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Refusal.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Compares one value of an attribute with what a filter says, by the attribute's type. A value that
 * is not there differs from everything but {@code null}.
 */
final class ValueTest {
  private final Attribute attribute;
  private final Operator operator;
  private final String label;

  private ValueTest(Attribute attribute, Operator operator, String label) {
    this.attribute = attribute;
    this.operator = operator;
    this.label = label;
  }

  /**
   * @throws Refusal {@code INVALID_FILTER} when the type knows no such comparison or value
   */
  static Predicate<JsonNode> of(
      Attribute attribute, Operator operator, Literal literal, String label) {
    return new ValueTest(attribute, operator, label).with(literal);
  }

  /** Whether a value is there: not null, not empty (RFC 7644 §3.4.2.2, {@code pr}). */
  static boolean isPresent(JsonNode node) {
    return node.isContainerNode()
        ? !node.isEmpty()
        : !node.isNull() && !node.isMissingNode() && !(node.isTextual() && node.asText().isEmpty());
  }

  private Predicate<JsonNode> with(Literal literal) {
    if (literal instanceof Literal.Unassigned) {
      return switch (operator) {
        case EQ -> node -> !isPresent(node);
        case NE -> ValueTest::isPresent;
        case CO, SW, EW, GT, GE, LT, LE -> throw unsupported();
      };
    }
    return switch (attribute.type()) {
      case STRING, REFERENCE -> textTest(literal);
      case BINARY -> ordered() ? refuse() : textTest(literal);
      case BOOLEAN -> equality(truth(literal), ValueTest::truthOf);
      case DECIMAL, INTEGER -> order(number(literal), ValueTest::numberOf);
      case DATE_TIME ->
          operator.partial() ? textTest(literal) : order(instant(literal), this::instantOf);
      case COMPLEX -> refuse();
    };
  }

  private Predicate<JsonNode> textTest(Literal literal) {
    var text = literal.asText();
    var wanted = attribute.comparable(text);
    Predicate<String> test =
        switch (operator) {
          case EQ, NE -> have -> attribute.same(have, text);
          case CO -> have -> attribute.comparable(have).contains(wanted);
          case SW -> have -> attribute.comparable(have).startsWith(wanted);
          case EW -> have -> attribute.comparable(have).endsWith(wanted);
          case GT, GE, LT, LE -> inOrderWith(wanted);
        };
    Predicate<JsonNode> found = node -> node.isTextual() && test.test(node.asText());
    return operator == Operator.NE ? found.negate() : found;
  }

  private Predicate<String> inOrderWith(String wanted) {
    var test = inOrder();
    return have -> test.test(inCodePoints(attribute.comparable(have), wanted));
  }

  /** The order of both stores; {@link String#compareTo} has another one beyond the first 65,536. */
  private static int inCodePoints(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    if (at == one.length() || at == other.length()) {
      return one.length() - other.length();
    }
    char a = one.charAt(at);
    char b = other.charAt(at);
    boolean odd = Character.isSurrogate(a) != Character.isSurrogate(b);
    return odd ? (Character.isSurrogate(a) ? 1 : -1) : a - b;
  }

  private <T> Predicate<JsonNode> equality(T wanted, Function<JsonNode, Optional<T>> reader) {
    Predicate<JsonNode> same = node -> reader.apply(node).filter(wanted::equals).isPresent();
    return switch (operator) {
      case EQ -> same;
      case NE -> same.negate();
      case CO, SW, EW, GT, GE, LT, LE -> throw unsupported();
    };
  }

  private <T extends Comparable<T>> Predicate<JsonNode> order(
      T wanted, Function<JsonNode, Optional<T>> reader) {
    if (operator.partial()) {
      return refuse();
    }
    var test = inOrder();
    Predicate<JsonNode> found =
        node -> reader.apply(node).filter(have -> test.test(have.compareTo(wanted))).isPresent();
    return operator == Operator.NE ? found.negate() : found;
  }

  /** What the sign of a comparison must be; of {@code ne}, what it must not be. */
  private IntPredicate inOrder() {
    return switch (operator) {
      case EQ, NE -> sign -> sign == 0;
      case GT -> sign -> sign > 0;
      case GE -> sign -> sign >= 0;
      case LT -> sign -> sign < 0;
      case LE -> sign -> sign <= 0;
      case CO, SW, EW -> throw unsupported();
    };
  }

  private boolean ordered() {
    return switch (operator) {
      case GT, GE, LT, LE -> true;
      case EQ, NE, CO, SW, EW -> false;
    };
  }

  private boolean truth(Literal literal) {
    return literal.asTruth().orElseThrow(() -> notA("a boolean"));
  }

  private static Optional<Boolean> truthOf(JsonNode node) {
    return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
  }

  private BigDecimal number(Literal literal) {
    return literal.asNumber().orElseThrow(() -> notA("a number"));
  }

  private static Optional<BigDecimal> numberOf(JsonNode node) {
    return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
  }

  private Instant instant(Literal literal) {
    return literal.asInstant().orElseThrow(() -> notA("a date and time"));
  }

  private Optional<Instant> instantOf(JsonNode node) {
    return node.isTextual() ? ScalarForm.instant(node.asText()) : Optional.empty();
  }

  private Predicate<JsonNode> refuse() {
    throw unsupported();
  }

  private Refusal unsupported() {
    return new Refusal(
        Kind.INVALID_FILTER, "filter: '" + label + "' cannot be compared by " + operator.word());
  }

  private Refusal notA(String form) {
    return new Refusal(Kind.INVALID_FILTER, "filter: '" + label + "' is compared with " + form);
  }
}
