package dev.patchbay.pbx.ipcortex;

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

/**
 * What an answer means that is no {@link Reply}. What IPCortex says in a refusal's text is not
 * documented and may repeat a value, so it goes nowhere.
 */
record IpCortexErrors(String pbx) {
  private static final Duration THROTTLED = Duration.ofSeconds(30);
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);
  static final Duration LOGIN_REFUSED = Duration.ofSeconds(30);

  /** Of a status other than 401 and 403; a success is one that cannot be read. */
  PbxException of(HttpCall call, HttpAnswer answer) {
    int status = answer.status();
    return switch (status) {
      case 429 ->
          new Unavailable(
              Cause.THROTTLED, answer.retryAfter().orElse(THROTTLED), says(call, status));
      // Something in front of the PBX is set up wrongly and kept the call to itself.
      case 407, 421, 425 -> unreachable(says(call, status));
      // The web server has no such path: nothing there could do what was asked.
      case 404, 405, 410 -> unreachable(says(call, status) + ": is base-url right?");
      // Proxies say 408 also when the PBX had the call and was slow to answer it.
      case 408 -> unclear(call, answer);
      default -> answer.saysNo() ? refused(call, status) : unclear(call, answer);
    };
  }

  private PbxException refused(HttpCall call, int status) {
    return call.kind() == Kind.EFFECT
        ? new Rejected(Reason.INVALID, says(call, status))
        : unreachable(says(call, status));
  }

  private PbxException unclear(HttpCall call, HttpAnswer answer) {
    String message =
        answer.success()
            ? "pbx '" + pbx + "' gave no readable answer to " + call.name()
            : says(call, answer.status());
    return call.kind() == Kind.EFFECT
        ? new OutcomeUnknown(message, null)
        : new Unavailable(Cause.UNREACHABLE, answer.retryAfter().orElse(UNREACHABLE), message);
  }

  private String says(HttpCall call, int status) {
    return "pbx '" + pbx + "' answered " + status + " to " + call.name();
  }

  /** IPCortex said no, for a reason it does not tell in a documented way. */
  Rejected refused(Reason reason, String name, String why) {
    return new Rejected(reason, "pbx '" + pbx + "' refused " + name + why);
  }

  OutcomeUnknown unclear(String name, String why) {
    return new OutcomeUnknown("pbx '" + pbx + "' " + why + " " + name, null);
  }

  Unavailable loginRefused(String why) {
    return new Unavailable(Cause.LOGIN_REFUSED, LOGIN_REFUSED, "pbx '" + pbx + "' " + why);
  }

  Unavailable unreachable(String message) {
    return new Unavailable(Cause.UNREACHABLE, UNREACHABLE, message);
  }
}
