package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Refusal;
import dev.patchbay.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A refusal, in the vendor's form. Codes are upper case; the vendor names only two of them. */
final class ApiError extends Refusal {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> detail;

  /** What says its status in another form, as a gateway may. */
  private static final class Foreign extends Refusal {
    private static final long serialVersionUID = 1L;

    private final transient WebResponse answer;

    private Foreign(WebResponse answer) {
      super("status " + answer.status());
      this.answer = answer;
    }

    @Override
    public WebResponse answer() {
      return answer;
    }
  }

  ApiError(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  private ApiError(int status, String code, String message, Map<String, String> detail) {
    super(message);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }

  /** Fields that break their rules, by name. */
  static ApiError invalid(Map<String, String> faults) {
    return new ApiError(400, "VALIDATE_FAILED", "field validation failed", faults);
  }

  static ApiError invalid(String message) {
    return new ApiError(400, "VALIDATE_FAILED", message);
  }

  static ApiError notFound(String what) {
    return new ApiError(404, "NOT_FOUND", what + " not found");
  }

  static ApiError forbidden(String message) {
    return new ApiError(403, "FORBIDDEN", message);
  }

  static ApiError unauthorized() {
    return new ApiError(401, "UNAUTHORIZED", "access token missing, unknown or expired");
  }

  static ApiError loginFailed() {
    return new ApiError(400, "UNAUTHORIZED", "Login failed, authentication error");
  }

  /** The refusal with that status, of what is no call of this API. */
  static WebResponse of(int status, String reason) {
    return new ApiError(status, code(status), reason).answer();
  }

  private static String code(int status) {
    return switch (status) {
      case 400 -> "VALIDATE_FAILED";
      case 403 -> "FORBIDDEN";
      case 404 -> "NOT_FOUND";
      case 429 -> "TOO_MANY_REQUESTS";
      default -> "UNKNOWN";
    };
  }

  /** The same in the form of that PBX, of those that a gateway may give as well. */
  Refusal as(Undocumented undocumented) {
    if (status != 401 && status != 403 && status != 404) {
      return this;
    }
    var bare = WebResponse.of(status);
    if (undocumented.is(Otherwise.BARE_REFUSALS)) {
      return new Foreign(bare);
    }
    if (undocumented.is(Otherwise.HTML_REFUSALS)) {
      return new Foreign(bare.body("text/html", bytes("<html><h1>" + status + "</h1></html>")));
    }
    if (undocumented.is(Otherwise.OTHER_REFUSALS)) {
      return new Foreign(bare.body("application/json", bytes("{\"message\":\"refused\"}")));
    }
    return this;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public WebResponse answer() {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("errors").addObject();
    error.put("code", code).put("message", getMessage());
    if (!detail.isEmpty()) {
      ObjectNode fields = error.putObject("detail");
      detail.forEach(fields::put);
    }
    return Json.answer(status, body);
  }
}
