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
  private static final Pattern OTHER =
      Pattern.compile("(?i)extension|phone|e-?mail|password|template|address");
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

  /** The data of a sign-in that succeeded; throws what any other answer means. */
  JsonNode signIn(HttpAnswer answer) {
    return done(answer).orElseThrow(() -> other(Asked.SIGN_IN, answer, ""));
  }

  /**
   * The user of this name that was made; throws what any other answer means. That answers about
   * users have the envelope is not documented: one without is believed where it shows that name.
   */
  JsonNode user(HttpAnswer answer, String name) {
    return done(answer)
        .or(() -> bare(answer, name))
        .orElseThrow(() -> other(Asked.CREATE, answer, name));
  }

  private static Optional<JsonNode> done(HttpAnswer answer) {
    return Envelope.of(answer).filter(it -> answer.success() && it.ok()).map(Envelope::data);
  }

  private static Optional<JsonNode> bare(HttpAnswer answer, String name) {
    return Json.read(answer.text())
        .filter(body -> answer.success() && !body.has("status"))
        .map(JsonNode.class::cast)
        .filter(
            body ->
                name.equalsIgnoreCase(body.path("username").asText())
                    || name.equalsIgnoreCase(body.path("user").path("username").asText()));
  }

  private PbxException other(Asked call, HttpAnswer answer, String name) {
    return Envelope.of(answer)
        .filter(it -> !it.ok() && answer.status() < 500 && answer.status() != 429)
        .map(it -> refused(call, it, name))
        .orElseGet(() -> withoutEnvelope(call, answer));
  }

  /** Whether the token is what kept the call from being done. */
  static boolean refusesToken(HttpAnswer answer) {
    return answer.status() == 401
        || (answer.status() < 500
            && Envelope.of(answer).filter(it -> !it.ok() && it.speaksOf(TOKEN)).isPresent());
  }

  /** Whether the text of a refusal says that there is a user of this name. */
  static boolean saysItIsThere(HttpAnswer answer, String name) {
    return answer.status() < 500
        && Envelope.of(answer).filter(it -> !it.ok() && it.isThere(name)).isPresent();
  }

  String says(String what) {
    return "pbx '" + pbx + "' " + what;
  }

  private PbxException refused(Asked call, Envelope envelope, String name) {
    String code = CODE.matcher(envelope.code()).matches() ? " " + envelope.code() : "";
    String says = "pbx '" + pbx + "' answered" + code + " to " + call.words;
    return switch (call) {
      case SIGN_IN -> loginRefused(says);
      case CREATE -> new Rejected(envelope.isThere(name) ? Reason.CONFLICT : Reason.INVALID, says);
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

    /** Of something else that is taken, an extension say, it may speak as well. */
    boolean isThere(String name) {
      var named = Pattern.compile("(?iu)(?<![\\w.@-])" + Pattern.quote(name) + "(?![\\w@-])");
      return speaksOf(THERE) && (speaksOf(USER_NAME) || (speaksOf(named) && !speaksOf(OTHER)));
    }

    boolean speaksOf(Pattern what) {
      return what.matcher(code.replace('_', ' ') + " " + text).find();
    }
  }
}
