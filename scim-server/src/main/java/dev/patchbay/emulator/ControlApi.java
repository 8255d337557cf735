package dev.patchbay.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.Endpoint;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What a test asks and orders: {@code /_emulator/…}, without a token, from this machine alone. Not
 * the vendor's, hence outside {@code /api} and not in the log.
 */
record ControlApi(EmulatedStore store, CallLog log, Faults faults, NewUser newUser) {
  void addTo(Router router) {
    router
        .add("GET", "/_emulator/calls", local(request -> calls()))
        .add("DELETE", "/_emulator/calls", local(request -> clear()))
        .add("GET", "/_emulator/faults", local(request -> Json.ok(FaultJson.write(faults.rules()))))
        .add("PUT", "/_emulator/faults", local(this::order))
        .add("POST", "/_emulator/users", local(this::plant))
        .add("PUT", "/_emulator/ms365/users", local(this::microsoftUsers));
  }

  private static Endpoint local(Endpoint endpoint) {
    return request -> {
      if (!request.remote().isLoopbackAddress()) {
        return ApiError.forbidden("the control API answers this machine only").answer();
      }
      try {
        return endpoint.handle(request);
      } catch (ApiError refusal) {
        return refusal.answer();
      } catch (IllegalArgumentException wrong) {
        return ApiError.invalid(String.valueOf(wrong.getMessage())).answer();
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
    faults.replace(FaultJson.read(body(request)));
    return WebResponse.of(204);
  }

  private WebResponse plant(WebRequest request) {
    return Json.created("id", newUser.plant(object(body(request))));
  }

  private WebResponse microsoftUsers(WebRequest request) {
    var people = new ArrayList<ObjectNode>();
    body(request).forEach(each -> people.add(MicrosoftUsers.FIELDS.create(object(each))));
    store.write(
        handle -> {
          new MicrosoftUsers(handle).replace(people);
          return people.size();
        });
    return WebResponse.of(204);
  }

  private static JsonNode body(WebRequest request) {
    return Json.parse(request.body())
        .orElseThrow(() -> new IllegalArgumentException("the body is no JSON"));
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("a JSON object expected");
  }
}
