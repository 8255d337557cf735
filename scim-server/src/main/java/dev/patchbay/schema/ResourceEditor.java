package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ValueWriter.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes a resource attribute by attribute, as the operations of a PATCH say (RFC 7644 §3.5.2) and
 * the schema allows. It changes the node it was given: give it a copy.
 *
 * <p>{@code null} and {@code ""} clear what they replace. A filter that matches nothing makes the
 * element it describes where a sub-attribute is set through it, as Entra ID expects; elsewhere it
 * is {@code NO_TARGET}.
 */
public final class ResourceEditor {
  private final ObjectNode resource;

  public ResourceEditor(ObjectNode resource) {
    this.resource = resource;
  }

  /** Sets a single value, merges a complex one, extends a multi-valued one. */
  public void add(Target target, Optional<Filter> filter, JsonNode value) {
    if (!value.isNull()) {
      change(target, () -> write(target, filter, value, Mode.ADD));
    }
  }

  /** Sets a single value, merges a complex one, exchanges a multi-valued one. */
  public void replace(Target target, Optional<Filter> filter, JsonNode value) {
    change(target, () -> write(target, filter, value, Mode.REPLACE));
  }

  /** Unassigns; what is unassigned already stays so. */
  public void remove(Target target, Optional<Filter> filter) {
    if (target.attribute().traits().required()) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' is required");
    }
    change(target, () -> erase(target, filter));
  }

  private void change(Target target, Runnable step) {
    if (target.isReadOnly()) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' is read-only");
    }
    JsonNode before = target.isImmutable() ? target.in(resource).deepCopy() : resource;
    step.run();
    dropEmpty(target);
    boolean fixed = target.isImmutable() && !before.isMissingNode();
    if (fixed && !before.equals(target.in(resource))) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' cannot be changed");
    }
  }

  private void write(Target target, Optional<Filter> filter, JsonNode raw, Mode mode) {
    if (target.attribute().traits().multiValued()) {
      writeMany(target, filter, raw, mode);
      return;
    }
    requireNoFilter(target, filter);
    var holder = holder(target);
    var attribute = target.attribute();
    if (target.sub().isPresent()) {
      ValueWriter.assignSub(target, object(holder, attribute), target.sub().get(), raw);
    } else if (attribute.type() == Attribute.Type.COMPLEX && !ValueWriter.clears(raw)) {
      ValueWriter.merge(target, object(holder, attribute), raw, mode);
    } else {
      ValueWriter.assign(holder, attribute, raw, target.label());
    }
  }

  private void writeMany(Target target, Optional<Filter> filter, JsonNode raw, Mode mode) {
    var elements = elements(target);
    var changed =
        filter.isEmpty() && target.sub().isEmpty()
            ? writeList(target, elements, raw, mode)
            : writeSelected(target, filter, elements, raw, mode);
    elements.keepOnePrimary(changed);
  }

  private static List<JsonNode> writeList(
      Target target, ElementList elements, JsonNode raw, Mode mode) {
    var given =
        ValueWriter.clears(raw)
            ? Optional.<JsonNode>empty()
            : ValueReader.read(target.attribute(), raw, target.label());
    if (mode == Mode.REPLACE) {
      elements.array().removeAll();
    }
    var changed = new ArrayList<JsonNode>();
    given.ifPresent(list -> list.forEach(it -> changed.add(elements.add(it))));
    return changed;
  }

  private static List<JsonNode> writeSelected(
      Target target, Optional<Filter> filter, ElementList elements, JsonNode raw, Mode mode) {
    var selected = selected(target, filter, elements);
    if (ValueWriter.clears(raw)) {
      eraseSelected(target, elements, selected);
      return List.of();
    }
    if (selected.isEmpty()) {
      if (target.sub().isEmpty() && mode == Mode.REPLACE) {
        throw noTarget(target);
      }
      selected = List.of(elements.append(described(target, filter)));
    }
    for (ObjectNode element : selected) {
      writeElement(target, element, raw, mode);
    }
    return List.copyOf(selected);
  }

  private static void writeElement(Target target, ObjectNode element, JsonNode raw, Mode mode) {
    if (target.sub().isPresent()) {
      ValueWriter.assignSub(target, element, target.sub().get(), raw);
      return;
    }
    if (mode == Mode.REPLACE) {
      element.removeAll();
    }
    ValueWriter.merge(target, element, raw, mode);
  }

  /** The element that an {@code eq} filter describes, such as {@code type eq "work"}. */
  private static ObjectNode described(Target target, Optional<Filter> filter) {
    var element = JsonNodeFactory.instance.objectNode();
    filter.ifPresent(it -> describe(target, it, element));
    return element;
  }

  private static void describe(Target target, Filter filter, ObjectNode element) {
    if (filter instanceof Filter.And(List<Filter> all)) {
      all.forEach(part -> describe(target, part, element));
      return;
    }
    if (!(filter instanceof Comparison(AttributePath path, Operator operator, Literal value))
        || operator != Operator.EQ
        || target.sub().filter(it -> it.name().equalsIgnoreCase(path.name())).isPresent()) {
      throw noTarget(target);
    }
    var sub = target.attribute().sub(path.name()).orElseThrow(() -> noTarget(target));
    var node = node(value).orElseThrow(() -> noTarget(target));
    ValueWriter.assign(element, sub, node, target.attribute().name() + "." + sub.name());
  }

  private static Optional<JsonNode> node(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> Optional.of(TextNode.valueOf(text));
      case Literal.Truth(boolean truth) -> Optional.of(BooleanNode.valueOf(truth));
      case Literal.Numeral it -> Optional.of(DecimalNode.valueOf(it.number()));
      case Literal.Unassigned it -> Optional.empty();
    };
  }

  private void erase(Target target, Optional<Filter> filter) {
    if (target.attribute().traits().multiValued()) {
      var elements = elements(target);
      eraseSelected(target, elements, selected(target, filter, elements));
      return;
    }
    requireNoFilter(target, filter);
    var holder = holder(target);
    if (target.sub().isPresent()) {
      ValueWriter.assignSub(
          target,
          object(holder, target.attribute()),
          target.sub().get(),
          JsonNodeFactory.instance.nullNode());
    } else {
      holder.remove(target.attribute().name());
    }
  }

  private static void eraseSelected(
      Target target, ElementList elements, List<ObjectNode> selected) {
    if (target.sub().isEmpty()) {
      elements.remove(selected);
      return;
    }
    selected.forEach(it -> it.remove(target.leaf().name()));
    elements.remove(selected.stream().filter(ElementList::isHollow).toList());
  }

  private static List<ObjectNode> selected(
      Target target, Optional<Filter> filter, ElementList elements) {
    var test = filter.map(it -> FilterMatcher.element(target.attribute(), it));
    var selected = new ArrayList<ObjectNode>();
    for (JsonNode element : elements.array()) {
      if (element instanceof ObjectNode object && (test.isEmpty() || test.get().test(object))) {
        selected.add(object);
      }
    }
    return selected;
  }

  private ObjectNode holder(Target target) {
    return target.extension().map(it -> object(resource, it.urn())).orElse(resource);
  }

  private static ObjectNode object(ObjectNode holder, Attribute attribute) {
    return object(holder, attribute.name());
  }

  private static ObjectNode object(ObjectNode holder, String name) {
    return holder.path(name) instanceof ObjectNode object ? object : holder.putObject(name);
  }

  private ElementList elements(Target target) {
    var name = target.attribute().name();
    var holder = holder(target);
    var array = holder.path(name) instanceof ArrayNode it ? it : holder.putArray(name);
    return new ElementList(target.attribute(), array, target.label());
  }

  /** Nothing empty stays behind: not the element, the attribute nor the extension. */
  private void dropEmpty(Target target) {
    var holder = holder(target);
    JsonNode value = holder.path(target.attribute().name());
    if (value instanceof ArrayNode array) {
      array.removeIf(it -> it.isContainerNode() && it.isEmpty());
    }
    if (value.isContainerNode() && value.isEmpty()) {
      holder.remove(target.attribute().name());
    }
    target.extension().filter(it -> holder.isEmpty()).ifPresent(it -> resource.remove(it.urn()));
  }

  private static void requireNoFilter(Target target, Optional<Filter> filter) {
    if (filter.isPresent()) {
      throw new Refusal(Kind.INVALID_PATH, "'" + target.label() + "' takes no filter");
    }
  }

  private static Refusal noTarget(Target target) {
    return new Refusal(
        Kind.NO_TARGET, "no element of '" + target.attribute().name() + "' matches the filter");
  }
}
