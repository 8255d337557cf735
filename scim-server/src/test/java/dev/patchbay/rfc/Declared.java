package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Http;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the server says of itself at {@code /ResourceTypes} and {@code /Schemas}. */
record Declared(Map<String, JsonNode> types, Map<String, JsonNode> schemas) {

  static Declared by(Http http) {
    return new Declared(
        byId(http, "/ResourceTypes", "schema"), // a type is known by the schema it has
        byId(http, "/Schemas", "id"));
  }

  private static Map<String, JsonNode> byId(Http http, String path, String key) {
    var found = new LinkedHashMap<String, JsonNode>();
    http.send("GET", path, Optional.empty())
        .is(200)
        .json()
        .path("Resources")
        .forEach(each -> found.put(each.path(key).asText(), each));
    return found;
  }

  /** The attributes of a schema; none if it is not declared. */
  List<JsonNode> attributes(String urn) {
    return Optional.ofNullable(schemas.get(urn))
        .map(it -> stream(it.path("attributes")).toList())
        .orElse(List.of());
  }

  Optional<JsonNode> attribute(String urn, String name) {
    return named(attributes(urn).stream(), name);
  }

  static Optional<JsonNode> sub(JsonNode attribute, String name) {
    return named(stream(attribute.path("subAttributes")), name);
  }

  private static Optional<JsonNode> named(Stream<JsonNode> attributes, String name) {
    return attributes.filter(it -> it.path("name").asText().equals(name)).findFirst();
  }

  /** The extensions of the type with that core schema. */
  List<String> extensions(String core) {
    return Optional.ofNullable(types.get(core))
        .map(it -> stream(it.path("schemaExtensions")))
        .orElse(Stream.of())
        .map(it -> it.path("schema").asText())
        .toList();
  }

  /** Top-level attributes of extensions that a resource has and nobody may change, by URN. */
  Map<String, String> immutableOf(String core, JsonNode resource) {
    var found = new LinkedHashMap<String, String>();
    for (String urn : extensions(core)) {
      attributes(urn).stream()
          .filter(it -> it.path("mutability").asText().equals("immutable"))
          .map(it -> it.path("name").asText())
          .filter(resource.path(urn)::has)
          .forEach(it -> found.put(urn, it));
    }
    return found;
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
