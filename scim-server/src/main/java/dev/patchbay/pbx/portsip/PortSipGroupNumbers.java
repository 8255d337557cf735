package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.Json;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers that a group's members may show: as a user's caller ids, but none of them preferred.
 * The order means nothing.
 */
final class PortSipGroupNumbers {
  static final String FIELD = "outbound_caller_ids";

  private PortSipGroupNumbers() {}

  static void put(ObjectNode body, String text) {
    body.set(FIELD, json(text));
  }

  static ArrayNode json(String text) {
    var array = Json.array();
    for (JsonNode number : Json.tree(text).orElseGet(Json::array)) {
      ObjectNode item = array.addObject();
      item.put("provider_id", number.path("provider").asText());
      item.put("caller_id", number.path("value").asText());
      Json.text(number, "description").ifPresent(it -> item.put("description", it));
    }
    return array;
  }

  /** Empty where there are none. */
  static Optional<String> text(JsonNode json) {
    var sorted = new TreeMap<String, ObjectNode>();
    for (JsonNode item : json) {
      String provider = item.path("provider_id").asText();
      String value = item.path("caller_id").asText();
      ObjectNode number = Json.object().put("provider", provider).put("value", value);
      Json.text(item, "description").ifPresent(it -> number.put("description", it));
      sorted.put(provider + "\n" + value, number);
    }
    var array = Json.array();
    sorted.values().forEach(array::add);
    return array.isEmpty() ? Optional.empty() : Optional.of(array.toString());
  }
}
