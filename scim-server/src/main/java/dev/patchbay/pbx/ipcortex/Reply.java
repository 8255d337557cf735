package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * IPCortex's own answer to a call: what it says in {@code result}, whatever the HTTP status.
 *
 * @param values what was read or made; missing where there is nothing to say
 * @param rows how many rows the call was about, where it says so
 */
record Reply(boolean success, JsonNode values, OptionalLong rows) {

  /** Empty: what answered is not IPCortex's API. */
  static Optional<Reply> of(HttpAnswer answer) {
    return Json.read(answer.text())
        .filter(body -> body.path("result").isTextual())
        .map(
            body ->
                new Reply(
                    answer.success() && body.path("result").asText().equals("success"),
                    body.path("values"),
                    rows(body)));
  }

  private static OptionalLong rows(ObjectNode body) {
    String rows = body.path("numrows").asText("");
    return rows.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(rows))
        : OptionalLong.empty();
  }

  /** Whether the call was about nobody. */
  boolean nobody() {
    return rows.isPresent() && rows.getAsLong() == 0;
  }

  /** The rows of a read; empty: it has no readable ones. */
  Optional<List<JsonNode>> found() {
    return values instanceof ArrayNode array && allObjects(array)
        ? Optional.of(StreamSupport.stream(array.spliterator(), false).toList())
        : Optional.of(List.<JsonNode>of()).filter(none -> nobody());
  }

  private static boolean allObjects(ArrayNode array) {
    return StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isObject);
  }
}
