package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Looks JSON fields up as SCIM does: without regard to case (RFC 7643 §2.1). */
public final class Fields {
  private Fields() {}

  /** The field of that name; empty also when {@code object} is no object. */
  public static Optional<JsonNode> find(JsonNode object, String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    for (var field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }
}
