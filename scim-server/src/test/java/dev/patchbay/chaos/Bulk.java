package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several intents in one request. */
record Bulk(List<Intent> intents) {
  private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  static Bulk of(List<Intent> intents) {
    return new Bulk(List.copyOf(intents));
  }

  Request request() {
    var operations =
        IntStream.range(0, intents.size())
            .mapToObj(i -> intents.get(i).request().operation(i))
            .collect(Collectors.joining(","));
    return new Request(
        "POST", "/Bulk", "{\"schemas\":[\"" + REQUEST + "\"],\"Operations\":[" + operations + "]}");
  }

  /** What became of one of them. */
  Reply reply(Intent intent, Reply reply) {
    if (!(reply instanceof Reply.Answered answer) || !answer.done()) {
      return reply;
    }
    var own = answer.body().path("Operations").path(intents.indexOf(intent));
    return new Reply.Answered(own.path("status").asInt(), body(own), Duration.ZERO);
  }

  /** The error, or the id of what was done. */
  private static JsonNode body(JsonNode operation) {
    if (operation.has("response")) {
      return operation.path("response");
    }
    var location = operation.path("location").asText();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", location.substring(location.lastIndexOf('/') + 1));
  }
}
