package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.StatusErrors;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Xelion says beside the status. It says more by the number in {@code
 * {"errorCode":10100,"message","info"}}. The number goes into our message, Xelion's own text never:
 * it may repeat a value.
 */
final class XelionErrors {
  static final int NO_SUCH_OBJECT = 10100;
  static final int LOGGED_IN_ALREADY = 10005;
  static final int LOGIN_FAILED = 10009;
  static final int SERVER_ERROR = 11000;

  /** Requests of one session wait for each other: a moment is enough. */
  private static final Duration THROTTLED = Duration.ofSeconds(2);

  private XelionErrors() {}

  static StatusErrors of(String pbx) {
    return new StatusErrors(pbx, THROTTLED, XelionErrors::number, answer -> false);
  }

  private static Optional<String> number(HttpAnswer answer) {
    return code(answer).stream().mapToObj(Integer::toString).findFirst();
  }

  /** Xelion's number for what is wrong; empty when the answer is not Xelion's. */
  static OptionalInt code(HttpAnswer answer) {
    return Json.read(answer.text())
        .map(body -> body.path("errorCode"))
        .filter(JsonNode::canConvertToInt)
        .map(code -> OptionalInt.of(code.intValue()))
        .orElse(OptionalInt.empty());
  }

  static boolean says(HttpAnswer answer, int code) {
    return code(answer).equals(OptionalInt.of(code));
  }
}
