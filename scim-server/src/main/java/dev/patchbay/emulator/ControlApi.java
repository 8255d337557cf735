package dev.patchbay.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.Endpoint;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * What a test asks and orders: {@code /_emulator/…}, without a token, from this machine alone. Not
 * the vendor's, hence beside its API and not in the log.
 */
record ControlApi(CallLog log, Faults faults, ErrorForm errors, Router router) {
  void addCalls() {
    add("GET", "/_emulator/calls", request -> calls());
    add("DELETE", "/_emulator/calls", request -> clear());
    add("GET", "/_emulator/faults", request -> Json.ok(FaultJson.write(faults.rules())));
    add("PUT", "/_emulator/faults", this::order);
  }

  void add(String method, String template, Endpoint endpoint) {
    router.add(method, template, local(endpoint));
  }

  private Endpoint local(Endpoint endpoint) {
    return request -> {
      if (!request.remote().isLoopbackAddress()) {
        return errors.refusal(403, "the control API answers this machine only");
      }
      try {
        return endpoint.handle(request);
      } catch (Refusal refusal) {
        return refusal.answer();
      } catch (IllegalArgumentException wrong) {
        return errors.refusal(400, String.valueOf(wrong.getMessage()));
      }
    };
  }

  private WebResponse calls() {
    List<RecordedCall> calls = log.calls();
    return WebResponse.of(200).stream(Json.TYPE, out -> write(calls, out));
  }

  private static void write(List<RecordedCall> calls, OutputStream out) throws IOException {
    out.write('[');
    for (Iterator<RecordedCall> each = calls.iterator(); each.hasNext(); ) {
      out.write(Json.bytes(json(each.next())));
      out.write((each.hasNext() ? ",\n" : "\n").getBytes(StandardCharsets.US_ASCII));
    }
    out.write(']');
  }

  private static ObjectNode json(RecordedCall call) {
    ObjectNode json = Json.object().put("method", call.method()).put("path", call.path());
    call.query().ifPresent(it -> json.put("query", it));
    json.set(
        "body",
        call.body()
            .flatMap(it -> Json.parse(it.getBytes(StandardCharsets.UTF_8)))
            .orElse(json.nullNode()));
    json.put("status", call.status());
    call.fault().ifPresent(it -> json.put("fault", it));
    return json;
  }

  private WebResponse clear() {
    log.clear();
    return WebResponse.of(204);
  }

  private WebResponse order(WebRequest request) {
    faults.replace(FaultJson.read(Json.required(request.body())));
    return WebResponse.of(204);
  }
}
