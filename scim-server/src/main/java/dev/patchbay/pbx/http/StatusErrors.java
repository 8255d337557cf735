package dev.patchbay.pbx.http;

import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.http.HttpCall.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a status other than 2xx means, of a PBX that uses them as HTTP does. The vendor's code goes
 * into the message, its text never: it may repeat a value.
 */
public final class StatusErrors {
  public static final Duration LOGIN_REFUSED = Duration.ofSeconds(30);
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  private final String pbx;
  private final Duration throttled;
  private final Function<HttpAnswer, Optional<String>> code;
  private final Predicate<HttpAnswer> fullUp;

  /**
   * @param throttled how long to wait after a 429 that does not say
   * @param code the vendor's own, as far as it is known to be one
   * @param fullUp whether a refusal is about a licence or limit
   */
  public StatusErrors(
      String pbx,
      Duration throttled,
      Function<HttpAnswer, Optional<String>> code,
      Predicate<HttpAnswer> fullUp) {
    this.pbx = pbx;
    this.throttled = throttled;
    this.code = code;
    this.fullUp = fullUp;
  }

  public String pbx() {
    return pbx;
  }

  public PbxException of(HttpCall call, HttpAnswer answer) {
    return switch (answer.status()) {
      case 429 ->
          new Unavailable(
              Cause.THROTTLED, answer.retryAfter().orElse(throttled), says(call, answer));
      case 401 -> loginRefused(says(call, answer));
      // Something in front of the PBX is set up wrongly and kept the call to itself.
      case 407, 421, 425 -> unreachable(says(call, answer));
      // Proxies say 408 also when the PBX had the call and was slow to answer it.
      case 408 -> unclear(call, answer);
      default -> answer.saysNo() ? refused(call, answer) : unclear(call, answer);
    };
  }

  /**
   * 5xx, 501 included: where the vendor has no such answer a proxy gave it, not knowing what was
   * done.
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

  private Reason reason(HttpAnswer answer) {
    if (answer.status() != 404 && fullUp.test(answer)) {
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

  private String says(HttpCall call, HttpAnswer answer) {
    String said = code.apply(answer).map(it -> " " + it).orElse("");
    return "pbx '" + pbx + "' answered " + answer.status() + said + " to " + call.name();
  }

  /** A success whose text is not what the vendor documents, or is a web page. */
  public PbxException unreadable(HttpCall call) {
    String message = "pbx '" + pbx + "' gave no readable answer to " + call.name();
    return call.kind() == Kind.EFFECT ? new OutcomeUnknown(message, null) : unreachable(message);
  }

  public Unavailable loginRefused(String message) {
    return new Unavailable(Cause.LOGIN_REFUSED, LOGIN_REFUSED, message);
  }

  public Unavailable unreachable(String message) {
    return new Unavailable(Cause.UNREACHABLE, UNREACHABLE, message);
  }
}
