package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Where an attribute stands in a resource.
 *
 * @param urn of its extension; empty for the core schema
 * @param attribute as declared
 */
record Place(String urn, JsonNode attribute) {

  /** Two forms of one value: to write either is to change the other. */
  private static final Set<String> TWINS = Set.of("ms365", "ms365Id");

  String name() {
    return attribute.path("name").asText();
  }

  String path() {
    return urn.isEmpty() ? name() : urn + ":" + name();
  }

  boolean is(String trait, String value) {
    return attribute.path(trait).asText().equals(value);
  }

  JsonNode in(JsonNode resource) {
    return (urn.isEmpty() ? resource : resource.path(urn)).path(name());
  }

  /** A value without a path that has this attribute and no other. */
  ObjectNode wrapped(JsonNode value) {
    var object = JsonNodeFactory.instance.objectNode();
    putInto(object, value);
    return object;
  }

  void putInto(ObjectNode resource, JsonNode value) {
    var holder = urn.isEmpty() ? resource : resource.withObjectProperty(urn);
    holder.set(name(), value);
  }

  private boolean isTwinOf(Place other) {
    return equals(other) || (TWINS.contains(name()) && TWINS.contains(other.name()));
  }

  /** What is left of a resource without this attribute and without what the server alone writes. */
  JsonNode rest(JsonNode resource, Iterable<Place> all) {
    ObjectNode rest = resource.deepCopy();
    rest.remove("meta");
    rest.remove("schemas");
    for (Place place : all) {
      if (isTwinOf(place) || place.is("mutability", "readOnly")) {
        if (place.urn().isEmpty()) {
          rest.remove(place.name());
        } else if (rest.path(place.urn()) instanceof ObjectNode extension) {
          extension.remove(place.name());
        }
      }
      if (rest.path(place.urn()).isEmpty()) {
        rest.remove(place.urn());
      }
    }
    return rest;
  }
}
