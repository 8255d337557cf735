package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.ResourceType;
import java.util.List;

/** Stub. */
public final class Projection {
  private Projection() {}

  /** From the values of {@code attributes} and {@code excludedAttributes}, split at commas. */
  public static Projection of(ResourceType type, List<String> attributes, List<String> excluded) {
    throw new UnsupportedOperationException();
  }

  /** Nothing asked for: the stored default rendering will do. */
  public boolean isDefault() {
    throw new UnsupportedOperationException();
  }

  /** Whether reading {@code attribute} can be skipped. */
  public boolean wants(String attribute) {
    throw new UnsupportedOperationException();
  }

  public ObjectNode apply(ObjectNode resource) {
    throw new UnsupportedOperationException();
  }
}
