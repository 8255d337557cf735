package dev.patchbay.pbx.crmcom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an answer means. CRM.COM wraps all in {@code {"status":{"code","message"},"data"}}; only the
 * code OK is documented, so that of a refusal there is nothing to go by but its text. The code goes
 * into our message, the text never: it may repeat a value.
 */
final class CrmComAnswers {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern TOKEN = Pattern.compile("(?i)\\btoken\\b");
  private static final Pattern USER_NAME = Pattern.compile("(?i)user ?_?name");
  private static final Pattern THERE = Pattern.compile("(?i)exist|already|duplicate|taken|in use");
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration THROTTLED = Duration.ofSeconds(30);
  static final Duration LOGIN_REFUSED = Duration.ofSeconds(30);

  private final String pbx;

  /** What was asked for. */
  enum Asked {
    SIGN_IN("the sign-in"),
    CREATE("CreateUser");

    private final String words;

    Asked(String words) {
      this.words = words;
    }
  }

  CrmComAnswers(String pbx) {
    this.pbx = pbx;
  }

  /** The data of a success; throws what any other answer means to such a call. */
  JsonNode data(Asked call, HttpAnswer answer) {
    Optional<Envelope> envelope = Envelope.of(answer);
    if (answer.success() && envelope.filter(Envelope::ok).isPresent()) {
      return envelope.get().data();
    }
    throw envelope
        .filter(it -> !it.ok() && answer.status() < 500 && answer.status() != 429)
        .map(it -> refused(call, it))
        .orElseGet(() -> withoutEnvelope(call, answer));
  }

  /** Whether the token is what kept the call from being done. */
  static boolean refusesToken(HttpAnswer answer) {
    return answer.status() == 401
        || (answer.status() < 500
            && Envelope.of(answer).filter(it -> !it.ok() && it.speaksOf(TOKEN)).isPresent());
  }

  /** Whether the text of a refusal says that there is a user of this name. */
  static boolean saysItIsThere(HttpAnswer answer) {
    return answer.status() < 500
        && Envelope.of(answer)
            .filter(it -> !it.ok() && it.speaksOf(USER_NAME) && it.speaksOf(THERE))
            .isPresent();
  }

  String says(String what) {
    return "pbx '" + pbx + "' " + what;
  }

  private PbxException refused(Asked call, Envelope envelope) {
    String code = CODE.matcher(envelope.code()).matches() ? " " + envelope.code() : "";
    String says = "pbx '" + pbx + "' answered" + code + " to " + call.words;
    return switch (call) {
      case SIGN_IN -> loginRefused(says);
      case CREATE ->
          new Rejected(envelope.speaksOf(USER_NAME) ? Reason.CONFLICT : Reason.INVALID, says);
    };
  }

  /** Something in between answered, or CRM.COM in a way it does not document. */
  private PbxException withoutEnvelope(Asked call, HttpAnswer answer) {
    String says = "pbx '" + pbx + "' answered " + answer.status() + " to " + call.words;
    return switch (answer.status()) {
      case 429 -> new Unavailable(Cause.THROTTLED, answer.retryAfter().orElse(THROTTLED), says);
      case 401, 403 -> loginRefused(says);
      case 404, 405, 407, 421, 425 -> unreachable(says + "; is base-url right?");
      case 408 -> unclear(call, says);
      default ->
          answer.status() >= 400 && answer.status() < 500 && call == Asked.CREATE
              ? new Rejected(Reason.INVALID, says)
              : unclear(call, says);
    };
  }

  /** A success without what was asked for. */
  PbxException unreadable(Asked call) {
    return unclear(call, says("gave no readable answer to " + call.words));
  }

  private static PbxException unclear(Asked call, String says) {
    return call == Asked.CREATE ? new OutcomeUnknown(says, null) : unreachable(says);
  }

  private static Unavailable unreachable(String says) {
    return new Unavailable(Cause.UNREACHABLE, WAIT, says);
  }

  private static Unavailable loginRefused(String says) {
    return new Unavailable(Cause.LOGIN_REFUSED, LOGIN_REFUSED, says);
  }

  private record Envelope(String code, String text, JsonNode data) {
    static Optional<Envelope> of(HttpAnswer answer) {
      return Json.read(answer.text())
          .filter(body -> body.path("status").path("code").isTextual())
          .map(body -> of(body.path("status"), body.path("data")));
    }

    private static Envelope of(JsonNode status, JsonNode data) {
      var text = status.path("message").asText() + " " + status.path("description").asText();
      return new Envelope(status.path("code").asText(), text, data);
    }

    boolean ok() {
      return code.equals("OK");
    }

    boolean speaksOf(Pattern what) {
      return what.matcher(code.replace('_', ' ') + " " + text).find();
    }
  }
}
