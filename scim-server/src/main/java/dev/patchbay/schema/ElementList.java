package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The elements of one multi-valued attribute: no (type, value) pair twice, at most one primary (RFC
 * 7643 §2.4).
 */
final class ElementList {
  /** What describes a value and is none itself. */
  private static final Set<String> DESCRIPTION = Set.of("type", "primary", "display", "$ref");

  private final Attribute attribute;
  private final ArrayNode array;
  private final String label;

  ElementList(Attribute attribute, ArrayNode array, String label) {
    this.attribute = attribute;
    this.array = array;
    this.label = label;
  }

  ArrayNode array() {
    return array;
  }

  /** Adds {@code element}, or what it says more to the one it repeats; the element as it is now. */
  JsonNode add(JsonNode element) {
    for (JsonNode existing : array) {
      if (isSame(existing, element)) {
        if (existing instanceof ObjectNode known && element instanceof ObjectNode more) {
          known.setAll(more);
        }
        return existing;
      }
    }
    return append(element);
  }

  <T extends JsonNode> T append(T element) {
    if (array.size() >= ValueReader.MAX_ELEMENTS) {
      throw ValueReader.invalid(label, "has more than " + ValueReader.MAX_ELEMENTS + " elements");
    }
    array.add(element);
    return element;
  }

  private boolean isSame(JsonNode one, JsonNode other) {
    var value = attribute.sub("value");
    if (value.isEmpty() || !one.path("value").isTextual() || !other.path("value").isTextual()) {
      return one.equals(other);
    }
    return value.get().same(one.path("value").asText(), other.path("value").asText())
        && one.path("type").asText().equalsIgnoreCase(other.path("type").asText());
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
