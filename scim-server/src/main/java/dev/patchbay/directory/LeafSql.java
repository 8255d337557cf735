package dev.patchbay.directory;

import dev.patchbay.directory.AttributeSql.Elements;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Present;
import dev.patchbay.schema.Filter.ValueFilter;
import dev.patchbay.schema.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Single comparisons, presence tests and value filters as conditions on a row of {@code entry}. */
final class LeafSql {
  private final AttributeSql attributes;
  private final ComparisonSql comparisons;

  LeafSql(AttributeSql attributes, ComparisonSql comparisons) {
    this.attributes = attributes;
    this.comparisons = comparisons;
  }

  String of(Present filter) {
    var target = target(filter.path());
    return attributes
        .elements(target)
        .map(it -> it.any(target.sub().map(sub -> present(it, sub)).orElse(AttributeSql.ALWAYS)))
        .orElseGet(() -> attributes.value(target).present());
  }

  private static String present(Elements elements, Attribute sub) {
    return elements.values().apply(sub).present();
  }

  String of(Comparison filter) {
    var target = target(filter.path()).comparable().orElseThrow();
    var leaf = target.leaf();
    return attributes
        .elements(target)
        .map(it -> anyOf(it, compared(it.values().apply(leaf), leaf, filter), filter))
        .orElseGet(() -> compared(attributes.value(target), leaf, filter));
  }

  /** An attribute without elements counts as one without a value. */
  private static String anyOf(Elements elements, String condition, Comparison filter) {
    return filter.isTrueOfNothing()
        ? elements.any(condition) + " or " + elements.none()
        : elements.any(condition);
  }

  private String compared(SqlValue value, Attribute attribute, Comparison filter) {
    return comparisons.of(value, attribute, filter.operator(), filter.value());
  }

  String of(ValueFilter filter) {
    var target = target(filter.path());
    return attributes
        .elements(target)
        .map(it -> it.any(element(filter.element(), target, it.values())))
        .orElseGet(() -> single(filter, target));
  }

  private String single(ValueFilter filter, Target target) {
    var condition =
        element(
            filter.element(),
            target,
            sub ->
                attributes.value(
                    target.attribute().equals(sub)
                        ? target
                        : new Target(target.extension(), target.attribute(), Optional.of(sub))));
    return attributes.value(target).sql() + " is not null and (" + condition + ")";
  }

  private String element(Filter filter, Target of, Function<Attribute, SqlValue> values) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> joined(all, " and ", it -> element(it, of, values));
      case Filter.Or(List<Filter> any) -> joined(any, " or ", it -> element(it, of, values));
      case Filter.Not(Filter inner) -> not(element(inner, of, values));
      case Present(AttributePath path) -> values.apply(sub(of, path)).present();
      case Comparison it -> {
        var sub = sub(of, it.path());
        yield compared(values.apply(sub), sub, it);
      }
      case ValueFilter it -> throw new IllegalArgumentException("brackets within brackets");
    };
  }

  /** Of an attribute that is not complex, {@code value} is the attribute itself. */
  private static Attribute sub(Target of, AttributePath path) {
    return of.attribute().sub(path.name()).orElse(of.attribute());
  }

  static String joined(List<Filter> parts, String word, Function<Filter, String> condition) {
    return parts.stream()
        .map(it -> "(" + condition.apply(it) + ")")
        .collect(Collectors.joining(word));
  }

  /**
   * Of a condition that is neither true nor false the contrary is true, as of one that is false.
   */
  static String not(String condition) {
    return "(" + condition + ") is not true";
  }

  private Target target(AttributePath path) {
    return attributes.type().find(path).orElseThrow();
  }
}
