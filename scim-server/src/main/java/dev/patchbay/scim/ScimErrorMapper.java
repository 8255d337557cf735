package dev.patchbay.scim;

import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.provisioning.TryLater;
import dev.patchbay.schema.Refusal;
import dev.patchbay.web.WebErrors;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.time.Duration;
import java.util.SortedSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what went wrong into SCIM's words (RFC 7644 §3.12); nobody else knows statuses of errors.
 */
public final class ScimErrorMapper implements WebErrors {
  private static final Logger log = LoggerFactory.getLogger(ScimErrorMapper.class);

  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String REALM = "Bearer realm=\"patchbay\"";

  private static final Duration KEYS_AGAIN = Duration.ofSeconds(30);
  private static final Duration PBX_TROUBLE = Duration.ofSeconds(30);
  private static final Duration STORE_TROUBLE = Duration.ofSeconds(5);

  @Override
  public WebResponse notFound(WebRequest request) {
    return ScimError.of(404, "there is nothing at this path").answer();
  }

  @Override
  public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
    return ScimError.of(405, "only " + String.join(", ", allow) + " is possible here").answer();
  }

  @Override
  public WebResponse refused(int status, String reason) {
    return ScimError.of(status, reason).answer();
  }

  @Override
  public WebResponse failed(WebRequest request, Throwable failure) {
    var answer = error(request, failure).answer();
    if (answer.status() == 401) {
      boolean tried = request.header("Authorization").isPresent();
      return answer.header(CHALLENGE, REALM + (tried ? ", error=\"invalid_token\"" : ""));
    }
    return failure instanceof InsufficientScope lacking
        ? answer.header(CHALLENGE, REALM + lacking(lacking.scope()))
        : answer;
  }

  /** A scope is without quotes by RFC 6749 §3.3; the configuration may still have one with. */
  private static String lacking(String scope) {
    return ", error=\"insufficient_scope\", scope=\"" + scope.replace("\"", "") + "\"";
  }

  /** What the sender of a request, or of one operation of it, is told of a failure. */
  static ScimError error(WebRequest request, Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> refused(refusal.kind(), refusal.detail());
      case TryLater later ->
          ScimError.retry(later.throttled() ? 429 : 503, later.after(), later.detail());
      case UnsupportedMediaType other -> ScimError.of(415, String.valueOf(other.getMessage()));
      case Accepted.NotAcceptable other -> ScimError.of(406, String.valueOf(other.getMessage()));
      case InsufficientScope lacking -> ScimError.of(403, String.valueOf(lacking.getMessage()));
      case KeysUnavailable outage ->
          ScimError.retry(503, KEYS_AGAIN, String.valueOf(outage.getMessage()));
      case PbxException trouble -> pbxTrouble(request, trouble);
      case StoreUnavailable down -> storeTrouble(request, down);
      default -> unexpected(request, failure);
    };
  }

  private static ScimError refused(Refusal.Kind kind, String detail) {
    return switch (kind) {
      case INVALID_FILTER -> ScimError.of(400, "invalidFilter", detail);
      case INVALID_CURSOR -> ScimError.of(400, "invalidCursor", detail);
      case EXPIRED_CURSOR -> ScimError.of(400, "expiredCursor", detail);
      case INVALID_COUNT -> ScimError.of(400, "invalidCount", detail);
      case INVALID_PATH -> ScimError.of(400, "invalidPath", detail);
      case NO_TARGET -> ScimError.of(400, "noTarget", detail);
      case INVALID_VALUE -> ScimError.of(400, "invalidValue", detail);
      case INVALID_SYNTAX -> ScimError.of(400, "invalidSyntax", detail);
      case MUTABILITY -> ScimError.of(400, "mutability", detail);
      case TOO_MANY -> ScimError.of(400, "tooMany", detail);
      case UNIQUENESS -> ScimError.of(409, "uniqueness", detail);
      case CONFLICT -> ScimError.of(409, detail);
      case SENSITIVE -> ScimError.of(403, "sensitive", detail);
      case FORBIDDEN -> ScimError.of(403, detail);
      case UNAUTHORIZED -> ScimError.of(401, detail);
      case NOT_FOUND -> ScimError.of(404, detail);
      case PRECONDITION_FAILED -> ScimError.of(412, detail);
      case TOO_LARGE -> ScimError.of(413, detail);
      case UNSUPPORTED -> ScimError.of(501, detail);
    };
  }

  /** Provisioning answers for the phone system; this is what it did not foresee. */
  private static ScimError pbxTrouble(WebRequest request, PbxException trouble) {
    log.warn("phone system trouble reached the surface request=\"{}\"", request, trouble);
    var after = trouble instanceof PbxException.Unavailable it ? it.retryAfter() : PBX_TROUBLE;
    return ScimError.retry(503, after, "the phone system cannot be reached");
  }

  private static ScimError storeTrouble(WebRequest request, StoreUnavailable down) {
    log.warn("store is not available request=\"{}\" reason=\"{}\"", request, down.getMessage());
    return ScimError.retry(503, STORE_TROUBLE, "the bridge's store is not available");
  }

  private static ScimError unexpected(WebRequest request, Throwable failure) {
    var reference = UUID.randomUUID().toString().substring(0, 8);
    log.error("request failed request=\"{}\" reference={}", request, reference, failure);
    return ScimError.of(500, "the server failed; its log has the reason at " + reference);
  }
}
