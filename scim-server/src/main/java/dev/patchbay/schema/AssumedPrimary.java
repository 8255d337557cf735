package dev.patchbay.schema;

import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Not;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Filter.ValueFilter;
import java.util.List;
import java.util.Optional;

/**
 * An element that says nothing of {@code primary} is not primary (RFC 7643 §2.4): {@code primary eq
 * false} asks for every element but the primary one.
 */
final class AssumedPrimary {
  private static final String PRIMARY = "primary";

  private AssumedPrimary() {}

  /** A filter of resources, with that said in it. */
  static Filter in(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) ->
          new Filter.And(all.stream().map(AssumedPrimary::in).toList());
      case Filter.Or(List<Filter> any) ->
          new Filter.Or(any.stream().map(AssumedPrimary::in).toList());
      case Not(Filter inner) -> new Not(in(inner));
      case ValueFilter(AttributePath path, Filter element) ->
          new ValueFilter(path, inElement(element));
      case Comparison it -> isOfElements(it) ? ofElements(it.path()) : it;
      case Filter.Present it -> it;
    };
  }

  /** A filter of elements, with that said in it. */
  static Filter inElement(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) ->
          new Filter.And(all.stream().map(AssumedPrimary::inElement).toList());
      case Filter.Or(List<Filter> any) ->
          new Filter.Or(any.stream().map(AssumedPrimary::inElement).toList());
      case Not(Filter inner) -> new Not(inElement(inner));
      case Comparison it -> isOfElement(it) ? notPrimary(it.path()) : it;
      case ValueFilter it -> it;
      case Filter.Present it -> it;
    };
  }

  private static boolean isOfElements(Comparison it) {
    return it.path().sub().filter(PRIMARY::equalsIgnoreCase).isPresent() && isFalse(it);
  }

  private static boolean isOfElement(Comparison it) {
    return it.path().name().equalsIgnoreCase(PRIMARY) && isFalse(it);
  }

  private static boolean isFalse(Comparison it) {
    return it.operator() == Operator.EQ && it.value().asTruth().filter(truth -> !truth).isPresent();
  }

  private static Filter ofElements(AttributePath path) {
    var elements = new AttributePath(path.urn(), path.name(), Optional.empty());
    return new ValueFilter(elements, notPrimary(AttributePath.of(PRIMARY)));
  }

  private static Filter notPrimary(AttributePath path) {
    return new Not(new Comparison(path, Operator.EQ, new Literal.Truth(true)));
  }
}
