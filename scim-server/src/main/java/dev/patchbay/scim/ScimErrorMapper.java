package dev.patchbay.scim;

import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.provisioning.TryLater;
import dev.patchbay.schema.Refusal;
import dev.patchbay.web.WebErrors;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what went wrong into SCIM's words (RFC 7644 §3.12); nobody else knows statuses of errors.
 */
public final class ScimErrorMapper implements WebErrors {
  private static final Logger log = LoggerFactory.getLogger(ScimErrorMapper.class);

  private static final Duration PBX_TROUBLE = Duration.ofSeconds(30);

  /** What a refusal is on the wire. */
  private record Wire(int status, Optional<String> scimType) {
    static Wire of(int status) {
      return new Wire(status, Optional.empty());
    }

    static Wire of(int status, String scimType) {
      return new Wire(status, Optional.of(scimType));
    }
  }

  @Override
  public WebResponse notFound(WebRequest request) {
    return error(Wire.of(404), "there is nothing at this path");
  }

  @Override
  public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
    return error(Wire.of(405), "only " + String.join(", ", allow) + " is possible here");
  }

  @Override
  public WebResponse refused(int status, String reason) {
    return error(Wire.of(status), reason);
  }

  @Override
  public WebResponse failed(WebRequest request, Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> refused(request, refusal);
      case TryLater later -> retry(later.throttled() ? 429 : 503, later.after(), later.detail());
      case UnsupportedMediaType other -> error(Wire.of(415), String.valueOf(other.getMessage()));
      case PbxException trouble -> pbxTrouble(request, trouble);
      default -> unexpected(request, failure);
    };
  }

  private static WebResponse refused(WebRequest request, Refusal refusal) {
    var answer = error(wire(refusal.kind()), refusal.detail());
    return refusal.kind() == Refusal.Kind.UNAUTHORIZED
        ? answer.header("WWW-Authenticate", challenge(request))
        : answer;
  }

  private static String challenge(WebRequest request) {
    var realm = "Bearer realm=\"patchbay\"";
    return request.header("Authorization").isPresent()
        ? realm + ", error=\"invalid_token\""
        : realm;
  }

  private static Wire wire(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID_FILTER -> Wire.of(400, "invalidFilter");
      case INVALID_PATH -> Wire.of(400, "invalidPath");
      case NO_TARGET -> Wire.of(400, "noTarget");
      case INVALID_VALUE -> Wire.of(400, "invalidValue");
      case INVALID_SYNTAX -> Wire.of(400, "invalidSyntax");
      case MUTABILITY -> Wire.of(400, "mutability");
      case TOO_MANY -> Wire.of(400, "tooMany");
      case UNIQUENESS -> Wire.of(409, "uniqueness");
      case CONFLICT -> Wire.of(409);
      case SENSITIVE -> Wire.of(403, "sensitive");
      case FORBIDDEN -> Wire.of(403);
      case UNAUTHORIZED -> Wire.of(401);
      case NOT_FOUND -> Wire.of(404);
      case PRECONDITION_FAILED -> Wire.of(412);
      case TOO_LARGE -> Wire.of(413);
      case UNSUPPORTED -> Wire.of(501);
    };
  }

  /** Provisioning answers for the phone system; this is what it did not foresee. */
  private static WebResponse pbxTrouble(WebRequest request, PbxException trouble) {
    log.warn("phone system trouble reached the surface request=\"{}\"", request, trouble);
    var after = trouble instanceof PbxException.Unavailable it ? it.retryAfter() : PBX_TROUBLE;
    return retry(503, after, "the phone system cannot be reached");
  }

  private static WebResponse unexpected(WebRequest request, Throwable failure) {
    var reference = UUID.randomUUID().toString().substring(0, 8);
    log.error("request failed request=\"{}\" reference={}", request, reference, failure);
    return error(Wire.of(500), "the server failed; its log has the reason at " + reference);
  }

  private static WebResponse retry(int status, Duration after, String detail) {
    long seconds = Math.max(1, after.plusMillis(999).toSeconds());
    return error(Wire.of(status), detail).header("Retry-After", Long.toString(seconds));
  }

  private static WebResponse error(Wire wire, String detail) {
    var error = ScimJson.message("urn:ietf:params:scim:api:messages:2.0:Error");
    error.put("status", Integer.toString(wire.status()));
    wire.scimType().ifPresent(it -> error.put("scimType", it));
    return ScimJson.of(wire.status(), error.put("detail", detail));
  }
}
