package dev.patchbay.emulator.crmcom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens, for a user's password or for the Web API key. */
final class SignInApi {
  private final CrmComOptions options;
  private final Tokens tokens;

  SignInApi(CrmComOptions options, Tokens tokens) {
    this.options = options;
    this.tokens = tokens;
  }

  void addTo(Routes routes) {
    String path = options.prefix() + "/authentication";
    routes
        .signIn("POST", path + "/token", this::byPassword)
        .signIn("POST", path + "/web_api_key/token", this::byKey)
        .signIn("POST", path + "/token/release", this::release);
  }

  private WebResponse byPassword(WebRequest request) {
    var access = options.access();
    ObjectNode body = body(request);
    boolean right =
        body.path("username").asText().equals(access.username())
            && body.path("password").asText().equals(access.password())
            && body.path("organisation").asText().equals(access.organisation());
    return answer(right);
  }

  /** The key is the user of HTTP's basic authentication, with no password. */
  private WebResponse byKey(WebRequest request) {
    String pair = options.access().apiKey() + ":";
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return answer(request.header("Authorization").filter(basic::equals).isPresent());
  }

  private WebResponse answer(boolean right) {
    if (!right) {
      throw refused("authentication failed");
    }
    return Envelope.ok(Json.object().put("token", tokens.next()));
  }

  private WebResponse release(WebRequest request) {
    tokens.release(body(request).path("token").asText());
    return Envelope.ok(Json.object());
  }

  private ObjectNode body(WebRequest request) {
    return Json.parse(request.body())
        .filter(JsonNode::isObject)
        .map(ObjectNode.class::cast)
        .orElseThrow(() -> refused("a JSON object expected as the body"));
  }

  private Refused refused(String message) {
    return new Refused(options.undocumented().refusalStatus(), message);
  }
}
