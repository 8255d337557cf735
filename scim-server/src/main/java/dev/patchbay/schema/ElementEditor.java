package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ValueWriter.Change;
import dev.patchbay.schema.ValueWriter.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes the elements of one multi-valued attribute: all of them, or those a filter finds. */
final class ElementEditor {
  private final Target target;
  private final Attribute attribute;
  private final ElementList elements;
  private final IdentityProvider idp;
  private final ValueReader reader;
  private final ValueWriter writer;
  private final Effort effort;

  ElementEditor(Target target, ElementList elements, IdentityProvider idp, Effort effort) {
    this.target = target;
    this.attribute = target.attribute();
    this.elements = elements;
    this.idp = idp;
    this.reader = new ValueReader(idp);
    this.writer = new ValueWriter(reader);
    this.effort = effort;
  }

  void write(Optional<Filter> filter, JsonNode raw, Mode mode) {
    var changed =
        filter.isEmpty() && target.sub().isEmpty()
            ? writeList(raw, mode)
            : writeSelected(filter, raw, mode);
    elements.keepOnePrimary(changed);
  }

  private List<JsonNode> writeList(JsonNode raw, Mode mode) {
    effort.spend(elements.array(), 1);
    var given =
        reader.clears(attribute, raw)
            ? Optional.<JsonNode>empty()
            : reader.read(attribute, mode == Mode.ADD ? asList(raw) : raw, target.label());
    if (mode == Mode.REPLACE) {
      elements.clear();
    }
    var changed = new ArrayList<JsonNode>();
    given.ifPresent(list -> list.forEach(it -> changed.add(elements.add(it))));
    return changed;
  }

  /** "A new value is added" (RFC 7644 §3.5.2.1): who adds one need not make a list of it. */
  private static JsonNode asList(JsonNode raw) {
    return raw.isArray() ? raw : JsonNodeFactory.instance.arrayNode().add(raw);
  }

  private List<JsonNode> writeSelected(Optional<Filter> filter, JsonNode raw, Mode mode) {
    var selected = selected(filter);
    if (reader.clears(target.leaf(), raw)) {
      erase(selected);
      return List.of();
    }
    var changes =
        target.sub().isPresent()
            ? List.of(writer.readSub(target, target.sub().get(), raw))
            : writer.readParts(target, raw, mode);
    if (selected.isEmpty()) {
      selected = List.of(elements.append(made(filter, mode)));
    }
    boolean whole = target.sub().isEmpty() && mode == Mode.REPLACE;
    for (ObjectNode element : selected) {
      if (whole) {
        element.removeAll();
      }
      changes.forEach(it -> it.in(element, attribute));
    }
    elements.mergeRepeated();
    return List.copyOf(selected);
  }

  /** The element to write to where a filter finds none. */
  private ObjectNode made(Optional<Filter> filter, Mode mode) {
    boolean replaced = target.sub().isEmpty() && mode == Mode.REPLACE;
    if (filter.isPresent() && (replaced || !idp.forgives(Leniency.ABSENT_ELEMENTS))) {
      throw noTarget();
    }
    var element = JsonNodeFactory.instance.objectNode();
    filter.ifPresent(it -> described(it).forEach(change -> change.in(element)));
    return element;
  }

  /** What an {@code eq} filter such as {@code type eq "work"} says of the element it means. */
  private List<Change> described(Filter filter) {
    if (filter instanceof Filter.And(List<Filter> all)) {
      return all.stream().flatMap(it -> described(it).stream()).toList();
    }
    if (!(filter instanceof Filter.Comparison it)
        || it.operator() != Filter.Operator.EQ
        || target.sub().filter(sub -> sub.name().equalsIgnoreCase(it.path().name())).isPresent()) {
      throw noTarget();
    }
    var sub = attribute.sub(it.path().name()).orElseThrow(this::noTarget);
    return List.of(writer.readSub(target, sub, node(it.value())));
  }

  private JsonNode node(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> TextNode.valueOf(text);
      case Literal.Truth(boolean truth) -> BooleanNode.valueOf(truth);
      case Literal.Numeral it -> DecimalNode.valueOf(it.number());
      case Literal.Unassigned it -> throw noTarget();
    };
  }

  /** Removes what the filter finds, or what equals {@code value}, or all. */
  void erase(Optional<Filter> filter, Optional<JsonNode> value) {
    var listed = value.filter(it -> filter.isEmpty() && target.sub().isEmpty() && !isNone(it));
    erase(listed.isPresent() ? equalTo(listed.get()) : selected(filter));
  }

  /** An empty list names no element; that is not the same as naming nothing. */
  private static boolean isNone(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.asText().isEmpty());
  }

  private void erase(List<ObjectNode> selected) {
    if (target.sub().isEmpty()) {
      elements.remove(selected);
      return;
    }
    selected.forEach(it -> it.remove(target.leaf().name()));
    elements.remove(selected.stream().filter(ElementList::isHollow).toList());
  }

  private List<ObjectNode> equalTo(JsonNode listed) {
    var found = new ArrayList<ObjectNode>();
    for (JsonNode one : asList(listed)) {
      effort.spend(elements.array(), 1);
      var wanted = reader.asObject(attribute, one, target.label());
      wanted.ifPresent(it -> found.addAll(matching(element -> attribute.isPartOf(it, element))));
    }
    return found;
  }

  private List<ObjectNode> selected(Optional<Filter> filter) {
    if (filter.isEmpty()) {
      effort.spend(elements.array(), 1);
      return matching(element -> true);
    }
    var leaves = FilterLeaves.of(filter.get());
    effort.spend(elements.array(), leaves.size());
    leaves.forEach(this::requireTruth);
    return matching(FilterMatcher.element(attribute, filter.get()));
  }

  /** Booleans are compared with booleans, unless the sender may write them as text. */
  private void requireTruth(Filter leaf) {
    boolean text =
        leaf instanceof Filter.Comparison it
            && it.value() instanceof Literal.Text
            && attribute.sub(it.path().name()).map(Attribute::type).orElse(attribute.type())
                == Attribute.Type.BOOLEAN;
    if (text && !idp.forgives(Leniency.TEXT_BOOLEANS)) {
      throw new Refusal(
          Kind.INVALID_FILTER, "'" + target.whole().label() + "': a boolean is true or false");
    }
  }

  private List<ObjectNode> matching(Predicate<? super JsonNode> test) {
    var found = new ArrayList<ObjectNode>();
    for (JsonNode element : elements.array()) {
      if (element instanceof ObjectNode object && test.test(object)) {
        found.add(object);
      }
    }
    return found;
  }

  private Refusal noTarget() {
    return new Refusal(
        Kind.NO_TARGET, "no element of '" + attribute.name() + "' matches the filter");
  }
}
