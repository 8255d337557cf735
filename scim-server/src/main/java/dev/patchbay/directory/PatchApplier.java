package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.ResourceType;
import java.util.List;

/** Stub. */
public final class PatchApplier {
  private PatchApplier() {}

  /** What a PATCH makes of a resource, and what it changes in the rows of members. */
  public record Patched(ObjectNode resource, List<MemberChange> members) {}

  public static Patched apply(ObjectNode base, JsonNode body, ResourceType type) {
    throw new UnsupportedOperationException();
  }
}
