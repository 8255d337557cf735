package dev.patchbay.emulator.xelion;

import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Refusal;
import dev.patchbay.web.WebResponse;

/** A refusal, by the vendor's numbers. */
final class ApiError extends Refusal {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  ApiError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ApiError emptyPayload() {
    return new ApiError(400, 10200, "client request has no payload");
  }

  static ApiError invalidPayload(String message) {
    return new ApiError(400, 10202, message);
  }

  static ApiError invalidObject(String message) {
    return new ApiError(400, 10203, message);
  }

  static ApiError unauthorized() {
    return new ApiError(401, 10000, "The user is not authenticated");
  }

  static ApiError forbidden() {
    return new ApiError(403, 10101, "No right on the resource");
  }

  static ApiError notFound(String what) {
    return new ApiError(404, 10100, what + " not found");
  }

  /** The answer to the deletion of what is not there. */
  static WebResponse deletedAbsent(String what, Undocumented.Absent answer) {
    return switch (answer) {
      case NUMBERED -> throw notFound(what);
      case BARE -> Json.answer(404, Json.object().put("message", "Not Found"));
      case SUCCESS -> Answers.nothing();
    };
  }

  static ApiError tooMany() {
    return new ApiError(429, 10400, "Too many concurrent requests in this session");
  }

  /** What the vendor says when a create breaks a rule: a server error. */
  static ApiError serverError(String message) {
    return new ApiError(500, 11000, message);
  }

  boolean isServerError() {
    return status == 500;
  }

  /** The refusal with that status, of what is no call of this API. */
  static WebResponse of(int status, String reason) {
    return new ApiError(status, code(status), reason).answer();
  }

  private static int code(int status) {
    return switch (status) {
      case 400, 405, 413 -> 10202;
      case 401 -> 10000;
      case 403 -> 10101;
      case 404 -> 10100;
      case 429 -> 10400;
      default -> 11000;
    };
  }

  @Override
  public WebResponse answer() {
    return answer("");
  }

  /**
   * @param resource method and path of the request
   */
  WebResponse answer(String resource) {
    return Json.answer(
        status,
        Json.object()
            .put("errorCode", code)
            .put("message", getMessage())
            .put("info", "resource=" + resource));
  }
}
