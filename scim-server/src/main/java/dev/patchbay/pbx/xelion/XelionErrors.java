package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.Kind;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a status other than 2xx and 401 means. Xelion says more by the number in {@code
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

  private static final Duration UNREACHABLE = Duration.ofSeconds(5);
  static final Duration LOGIN_REFUSED = Duration.ofSeconds(30);

  private final String pbx;

  XelionErrors(String pbx) {
    this.pbx = pbx;
  }

  String pbx() {
    return pbx;
  }

  /** Whether this is a no of the PBX's own and not a matter of pace or of something in between. */
  static boolean saysNo(HttpAnswer answer) {
    return switch (answer.status()) {
      case 407, 408, 421, 425, 429 -> false;
      default -> answer.status() >= 400 && answer.status() < 500;
    };
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

  PbxException of(HttpCall call, HttpAnswer answer) {
    return switch (answer.status()) {
      case 429 ->
          new Unavailable(
              Cause.THROTTLED, answer.retryAfter().orElse(THROTTLED), says(call, answer));
      case 401 -> loginRefused(says(call, answer));
      // Something in front of the PBX is set up wrongly and kept the call to itself.
      case 407, 421, 425 -> unreachable(says(call, answer));
      // Proxies say 408 also when the PBX had the call and was slow to answer it.
      case 408 -> unclear(call, answer);
      default -> saysNo(answer) ? refused(call, answer) : unclear(call, answer);
    };
  }

  private PbxException unclear(HttpCall call, HttpAnswer answer) {
    return call.kind() == Kind.EFFECT
        ? new OutcomeUnknown(says(call, answer), null)
        : new Unavailable(
            Cause.UNREACHABLE, answer.retryAfter().orElse(UNREACHABLE), says(call, answer));
  }

  private PbxException refused(HttpCall call, HttpAnswer answer) {
    Reason reason = reason(answer);
    boolean telling = reason == Reason.ABSENT || reason == Reason.FORBIDDEN;
    return call.kind() == Kind.EFFECT || telling
        ? new Rejected(reason, says(call, answer))
        : unreachable(says(call, answer));
  }

  private static Reason reason(HttpAnswer answer) {
    return switch (answer.status()) {
      case 402 -> Reason.QUOTA;
      case 403 -> Reason.FORBIDDEN;
      case 404, 410 -> Reason.ABSENT;
      case 405 -> Reason.UNSUPPORTED;
      case 409 -> Reason.CONFLICT;
      default -> Reason.INVALID;
    };
  }

  private String says(HttpCall call, HttpAnswer answer) {
    var code = code(answer);
    String number = code.isPresent() ? " " + code.getAsInt() : "";
    return "pbx '" + pbx + "' answered " + answer.status() + number + " to " + call.name();
  }

  /** A success whose text is not what Xelion documents, or is a web page. */
  PbxException unreadable(HttpCall call) {
    String message = "pbx '" + pbx + "' gave no readable answer to " + call.name();
    return call.kind() == Kind.EFFECT ? new OutcomeUnknown(message, null) : unreachable(message);
  }

  Unavailable loginRefused(String message) {
    return new Unavailable(Cause.LOGIN_REFUSED, LOGIN_REFUSED, message);
  }

  Unavailable unreachable(String message) {
    return new Unavailable(Cause.UNREACHABLE, UNREACHABLE, message);
  }
}
