package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import java.util.List;

/** What PortSIP answers to calls that succeed, beside single objects. */
final class Answers {
  private Answers() {}

  static WebResponse created(String key, String value) {
    return Json.answer(201, Json.object().put(key, value));
  }

  /** A whole collection, as the sub-resources answer it. */
  static WebResponse items(List<? extends JsonNode> items) {
    ObjectNode answer = Json.object();
    answer.putArray("items").addAll(items);
    return Json.ok(answer);
  }

  /** One page of a list. */
  static WebResponse page(long count, List<? extends JsonNode> items) {
    ObjectNode answer = Json.object().put("count", count);
    answer.putArray("items").addAll(items);
    return Json.ok(answer);
  }
}
