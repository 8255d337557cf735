package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.patchbay.schema.Refusal.Kind;

/**
 * What one PATCH may make us look at. Every operation looks at the elements of its attribute, and
 * with a filter once for each comparison: a thousand operations on long lists would take seconds.
 */
final class Effort {
  /** Characters; 32 more for each value looked at. About 0.1 s, and far from any honest PATCH. */
  private static final long MOST = 32_000_000;

  private static final int VALUE = 32;

  private long spent;

  /**
   * @param times how often every element is looked at
   * @throws Refusal {@code TOO_MANY}
   */
  void spend(ArrayNode elements, int times) {
    long all = 0;
    for (JsonNode element : elements) {
      all += size(element);
      for (JsonNode value : element) {
        all += size(value);
      }
    }
    spent += all * times;
    if (spent > MOST) {
      throw new Refusal(Kind.TOO_MANY, "the operations look at too many elements");
    }
  }

  private static long size(JsonNode value) {
    return VALUE + (value.isTextual() ? value.textValue().length() : 0L);
  }
}
