package dev.patchbay.pbx.portsip;

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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a status other than 2xx and 401 means. PortSIP documents only "some 4xx" with {@code
 * {"errors":[{"code","message"}]}}. The code goes into our message, PortSIP's own text never: it
 * may repeat a value.
 */
final class PortSipErrors {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern QUOTA_CODE =
      Pattern.compile(".*(QUOTA|LICEN[CS]E|EXTENSION_LIMIT|MAX_EXTENSIONS).*");
  // PortSIP counts requests per minute, so most of a minute may have to pass.
  private static final Duration THROTTLED = Duration.ofSeconds(30);
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);
  static final Duration LOGIN_REFUSED = Duration.ofSeconds(30);

  private final String pbx;

  PortSipErrors(String pbx) {
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

  /** Whether the answer carries PortSIP's error body, and so is PortSIP's and not a proxy's. */
  static boolean fromPortSip(HttpAnswer answer) {
    return Json.read(answer.text()).map(body -> body.path("errors").isArray()).orElse(false);
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

  /**
   * 5xx, 501 included: PortSIP has no such answer, so a proxy gave it, not knowing what was done.
   */
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
    if (answer.status() != 404
        && code(answer).filter(it -> QUOTA_CODE.matcher(it).matches()).isPresent()) {
      return Reason.QUOTA;
    }
    return switch (answer.status()) {
      case 402 -> Reason.QUOTA;
      case 403 -> Reason.FORBIDDEN;
      case 404, 410 -> Reason.ABSENT;
      case 405 -> Reason.UNSUPPORTED;
      case 409 -> Reason.CONFLICT;
      default -> Reason.INVALID;
    };
  }

  private static Optional<String> code(HttpAnswer answer) {
    return Json.read(answer.text())
        .map(body -> body.path("errors").path(0).path("code"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(code -> CODE.matcher(code).matches());
  }

  private String says(HttpCall call, HttpAnswer answer) {
    String code = code(answer).map(it -> " " + it).orElse("");
    return "pbx '" + pbx + "' answered " + answer.status() + code + " to " + call.name();
  }

  /** A success whose text is not what PortSIP documents, or is a web page. */
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
