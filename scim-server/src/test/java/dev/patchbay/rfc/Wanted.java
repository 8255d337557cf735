package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a resource shall have after a write.
 *
 * @param value as sent
 * @param added what the value was added to; none if it replaced that
 */
record Wanted(Place place, JsonNode value, @Nullable JsonNode added) {

  boolean isIn(JsonNode resource) {
    var now = place.in(resource);
    if (place.is("returned", "never")) {
      return now.isMissingNode();
    }
    if (!value.isArray()) {
      return same(place.attribute(), value, now);
    }
    var expected = Stream.concat(elements(value), added == null ? Stream.of() : elements(added));
    return expected.allMatch(it -> elements(now).anyMatch(it_ -> sameElement(it, it_)))
        && (added != null || now.size() == value.size());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return Declared.stream(array);
  }

  private boolean sameElement(JsonNode sent, JsonNode now) {
    return same(place.attribute(), sent, now);
  }

  /**
   * Whether what was sent is there; a case that does not count may differ, and more may be there.
   */
  static boolean same(JsonNode attribute, JsonNode sent, JsonNode now) {
    if (sent.isObject()) {
      return List.copyOf(sent.properties()).stream()
          .allMatch(
              it -> {
                var sub = Declared.sub(attribute, it.getKey()).orElseThrow();
                return sub.path("mutability").asText().equals("readOnly")
                    || sub.path("returned").asText().equals("never")
                    || it.getKey().equals("primary")
                    || same(sub, it.getValue(), now.path(it.getKey()));
              });
    }
    if (sent.isTextual() && !attribute.path("caseExact").asBoolean()) {
      return sent.asText().equalsIgnoreCase(now.asText());
    }
    return sent.equals(now) || (sent.isArray() && sent.path(0).equals(now.path(0)));
  }
}
