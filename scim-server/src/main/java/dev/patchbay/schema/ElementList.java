package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of one multi-valued attribute: no (type, value) pair twice, at most one primary (RFC
 * 7643 §2.4).
 */
final class ElementList {
  /** What describes a value and is none itself. */
  private static final Set<String> DESCRIPTION = Set.of("type", "primary", "display", "$ref");

  private final ArrayNode array;
  private final String label;
  private final Optional<Attribute> value;
  private final Map<Object, JsonNode> known = new HashMap<>();

  ElementList(Attribute attribute, ArrayNode array, String label) {
    this.array = array;
    this.label = label;
    this.value = attribute.sub("value");
  }

  ArrayNode array() {
    return array;
  }

  void clear() {
    array.removeAll();
    known.clear();
  }

  /** Adds {@code element}, or what it says more to the one it repeats; the element as it is now. */
  JsonNode add(JsonNode element) {
    if (known.isEmpty()) {
      array.forEach(it -> known.putIfAbsent(identity(it), it));
    }
    JsonNode existing = known.get(identity(element));
    if (existing == null) {
      return append(element);
    }
    if (existing instanceof ObjectNode object && element instanceof ObjectNode more) {
      object.setAll(more);
    }
    return existing;
  }

  /** Two elements that have become the same are one from then on. */
  void mergeRepeated() {
    var elements = new ArrayList<JsonNode>();
    array.forEach(elements::add);
    clear();
    elements.forEach(this::add);
  }

  <T extends JsonNode> T append(T element) {
    requireRoom(array.size() + 1, label);
    array.add(element);
    known.put(identity(element), element);
    return element;
  }

  /** Refuses so many elements. */
  static void requireRoom(int elements, String label) {
    if (elements > ValueReader.MAX_ELEMENTS) {
      throw ValueReader.invalid(label, "has more than " + ValueReader.MAX_ELEMENTS + " elements");
    }
  }

  /** What two elements have in common when they are the same: value and type, else all. */
  private Object identity(JsonNode element) {
    var text = element.path("value");
    return text.isTextual() && value.isPresent()
        ? List.of(
            value.get().comparable(text.asText()), Attribute.folded(element.path("type").asText()))
        : element.deepCopy(); // changes of the element must not change it
  }

  /** Leaves {@code true} to the one of {@code changed} that has it: the latest word counts. */
  void keepOnePrimary(List<JsonNode> changed) {
    var primaries = primaries();
    if (primaries.size() < 2) {
      return;
    }
    var latest = identities(changed);
    latest.retainAll(identities(primaries));
    if (latest.size() > 1) {
      throw twoPrimaries();
    }
    for (ObjectNode primary : primaries) {
      if (!latest.contains(primary)) {
        primary.put("primary", false);
      }
    }
  }

  void requireOnePrimary() {
    if (primaries().size() > 1) {
      throw twoPrimaries();
    }
  }

  private List<ObjectNode> primaries() {
    var found = new ArrayList<ObjectNode>();
    for (JsonNode element : array) {
      if (element instanceof ObjectNode object && object.path("primary").asBoolean()) {
        found.add(object);
      }
    }
    return found;
  }

  private Refusal twoPrimaries() {
    return ValueReader.invalid(label, "has more than one primary element");
  }

  void remove(Collection<? extends JsonNode> elements) {
    array.removeIf(identities(elements)::contains);
  }

  /** These very nodes: two elements may well have the same content while they are worked on. */
  private static Set<JsonNode> identities(Collection<? extends JsonNode> elements) {
    Set<JsonNode> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    nodes.addAll(elements);
    return nodes;
  }

  /** Whether nothing but labels is left: an e-mail address without the address is none. */
  static boolean isHollow(JsonNode element) {
    for (var field : element.properties()) {
      if (!DESCRIPTION.contains(field.getKey())) {
        return false;
      }
    }
    return true;
  }
}
