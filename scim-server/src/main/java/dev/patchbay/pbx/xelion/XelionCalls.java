package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.Kind;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.Turn;
import java.util.Optional;

/** Xelion's effects by their HTTP methods. */
final class XelionCalls {
  private XelionCalls() {}

  static HttpCall post(String name, String path, JsonNode body) {
    return HttpCall.effect(name, path, Json.body(body));
  }

  static HttpCall put(String name, String path, JsonNode body) {
    return effect(name, "PUT", path, Optional.of(body));
  }

  static HttpCall patch(String name, String path, XelionPatch patch) {
    return effect(name, "PATCH", path, Optional.of(patch.json()));
  }

  static HttpCall delete(String name, String path) {
    return effect(name, "DELETE", path, Optional.empty());
  }

  private static HttpCall effect(
      String name, String method, String path, Optional<? extends JsonNode> body) {
    return new HttpCall(name, Kind.EFFECT, method, path, body.map(Json::body), Turn.USUAL);
  }

  /** {@code folder/oid}. */
  static String path(String folder, String oid) {
    return folder + "/" + HttpCall.encode(oid);
  }
}
