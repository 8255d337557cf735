package dev.patchbay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.WebResponse;
import java.nio.charset.StandardCharsets;

/** Answers in JSON, refusals as problem details (RFC 9457). */
final class Problem {
  private Problem() {}

  static WebResponse of(int status, String detail) {
    var problem = JsonNodeFactory.instance.objectNode();
    return json(
        status, "application/problem+json", problem.put("status", status).put("detail", detail));
  }

  static WebResponse json(int status, String mediaType, ObjectNode body) {
    return WebResponse.of(status)
        .header("Cache-Control", "no-store")
        .body(mediaType, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
