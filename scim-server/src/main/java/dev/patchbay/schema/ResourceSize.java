package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;

/**
 * Bounds a whole resource, members apart: each of its attributes may be long, and a page has a
 * thousand of them.
 */
public final class ResourceSize {
  /** Characters of all texts. A user with two certificates has some 5,000. */
  public static final int MOST = 256 * 1024;

  private ResourceSize() {}

  /**
   * @throws Refusal {@code TOO_LARGE}
   */
  static void check(ObjectNode resource) {
    if (characters(resource) > MOST) {
      throw new Refusal(Kind.TOO_LARGE, "the resource has more than " + MOST + " characters");
    }
  }

  /** As {@link #check}, unless {@code base} was larger still. */
  public static void check(ObjectNode base, ObjectNode resource) {
    if (characters(resource) > characters(base)) {
      check(resource);
    }
  }

  private static long characters(JsonNode node) {
    long all = node.isTextual() ? node.textValue().length() : 0;
    for (JsonNode part : node) {
      all += characters(part);
    }
    return all;
  }
}
