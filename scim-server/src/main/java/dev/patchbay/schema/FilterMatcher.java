package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Present;
import dev.patchbay.schema.Filter.ValueFilter;
import dev.patchbay.schema.Refusal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells which resources a filter is true of. Names, types and case rules are looked up once, when
 * it is made; then it is run over as many resources as there are.
 *
 * <p>An attribute that a resource lacks counts as one unassigned value: {@code ne} and {@code eq
 * null} are true of it, all else is false. Of a multi-valued attribute one element is enough, and a
 * comparison that names no sub-attribute means {@code value}.
 */
public final class FilterMatcher implements Predicate<ObjectNode> {

  private final ResourceType type;
  private final Predicate<ObjectNode> test;

  private FilterMatcher(Filter filter, ResourceType type) {
    this.type = type;
    this.test = compiled(filter);
  }

  /**
   * A matcher for resources of {@code type}.
   *
   * @throws Refusal {@code INVALID_FILTER} for an attribute the type lacks or a comparison it
   *     cannot make, {@code SENSITIVE} for a secret
   */
  public static FilterMatcher of(Filter filter, ResourceType type) {
    return new FilterMatcher(filter, type);
  }

  @Override
  public boolean test(ObjectNode resource) {
    return test.test(resource);
  }

  private Predicate<ObjectNode> compiled(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> allOf(all.stream().map(this::compiled).toList());
      case Filter.Or(List<Filter> any) -> anyOf(any.stream().map(this::compiled).toList());
      case Filter.Not(Filter inner) -> compiled(inner).negate();
      case Present(AttributePath path) -> compiled(target(path), filter);
      case Comparison it -> compiled(comparable(it.path()), filter);
      case ValueFilter(AttributePath path, Filter inner) -> compiledElements(target(path), inner);
    };
  }

  /** A leaf: a comparison or {@code pr} of {@code target}. */
  private Predicate<ObjectNode> compiled(Target target, Filter leaf) {
    var test = leafTest(target.leaf(), leaf, target.label());
    var sub = target.sub();
    return resource -> {
      JsonNode value = target.in(resource);
      return (sub.isEmpty() && !value.isArray())
          ? test.test(value)
          : anyElement(value, element -> test.test(subOf(element, sub)));
    };
  }

  private Predicate<ObjectNode> compiledElements(Target target, Filter inner) {
    var element = element(target.attribute(), inner);
    return resource -> {
      JsonNode value = target.in(resource);
      return !value.isMissingNode() && anyElement(value, element);
    };
  }

  /** Whether one element of {@code attribute} satisfies a filter over its sub-attributes. */
  public static Predicate<JsonNode> element(Attribute attribute, Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) ->
          allOf(all.stream().map(it -> element(attribute, it)).toList());
      case Filter.Or(List<Filter> any) ->
          anyOf(any.stream().map(it -> element(attribute, it)).toList());
      case Filter.Not(Filter inner) -> element(attribute, inner).negate();
      case Present(AttributePath path) -> elementLeaf(attribute, path, filter);
      case Comparison it -> elementLeaf(attribute, it.path(), filter);
      case ValueFilter it -> throw unknown(it.path());
    };
  }

  private static Predicate<JsonNode> elementLeaf(
      Attribute attribute, AttributePath path, Filter leaf) {
    if (attribute.type() != Attribute.Type.COMPLEX && path.name().equalsIgnoreCase("value")) {
      return leafTest(attribute, leaf, attribute.name());
    }
    var sub = attribute.sub(path.name()).orElseThrow(() -> unknown(path));
    var test = leafTest(sub, leaf, attribute.name() + "." + sub.name());
    return element -> test.test(element.path(sub.name()));
  }

  private static Predicate<JsonNode> leafTest(Attribute attribute, Filter leaf, String label) {
    return leaf instanceof Comparison it
        ? ValueTest.of(attribute, it.operator(), it.value(), label)
        : ValueTest::isPresent;
  }

  private static boolean anyElement(JsonNode value, Predicate<JsonNode> test) {
    if (!value.isArray()) {
      return test.test(value);
    }
    if (value.isEmpty()) {
      return test.test(MissingNode.getInstance());
    }
    for (JsonNode element : value) {
      if (test.test(element)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode subOf(JsonNode element, Optional<Attribute> sub) {
    return sub.isPresent() ? element.path(sub.get().name()) : element;
  }

  private Target comparable(AttributePath path) {
    return target(path)
        .comparable()
        .orElseThrow(
            () ->
                new Refusal(
                    Kind.INVALID_FILTER,
                    "filter: "
                        + Refusal.quoted(path.toString())
                        + " is complex; name a sub-attribute"));
  }

  private Target target(AttributePath path) {
    var target = type.find(path).orElseThrow(() -> unknown(path));
    if (target.isNeverReturned()) {
      throw new Refusal(Kind.SENSITIVE, "filter: '" + target.label() + "' cannot be searched");
    }
    return target;
  }

  private static Refusal unknown(AttributePath path) {
    return new Refusal(
        Kind.INVALID_FILTER,
        "filter: " + Refusal.quoted(path.toString()) + " is not an attribute here");
  }

  private static <T> Predicate<T> allOf(List<Predicate<T>> tests) {
    return tests.stream().reduce(Predicate::and).orElseThrow();
  }

  private static <T> Predicate<T> anyOf(List<Predicate<T>> tests) {
    return tests.stream().reduce(Predicate::or).orElseThrow();
  }
}
