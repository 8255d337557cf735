package dev.patchbay.emulator.crmcom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;

/** What every answer is wrapped in: {@code status} and {@code data}. */
final class Envelope {
  private Envelope() {}

  static WebResponse ok(ObjectNode data) {
    ObjectNode envelope = envelope("OK");
    status(envelope).putNull("message").putNull("description");
    envelope.set("data", data);
    return Json.ok(envelope);
  }

  static WebResponse refusal(int status, String message) {
    ObjectNode envelope = envelope("ERROR");
    status(envelope).put("message", message).putNull("description");
    envelope.putNull("data");
    return Json.answer(status, envelope);
  }

  private static ObjectNode envelope(String code) {
    ObjectNode envelope = Json.object();
    envelope.putObject("status").put("code", code);
    return envelope;
  }

  private static ObjectNode status(ObjectNode envelope) {
    return (ObjectNode) envelope.get("status");
  }
}
