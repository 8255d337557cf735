package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Stub. */
public final class ResourceReader {
  public ResourceReader(ResourceType type) {}

  /** The body of a POST, normalised. */
  public ObjectNode read(JsonNode body) {
    throw new UnsupportedOperationException();
  }

  /** What {@code base} becomes by a PUT of {@code body}. */
  public ObjectNode replace(ObjectNode base, JsonNode body) {
    throw new UnsupportedOperationException();
  }
}
