package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.WebResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * An error as SCIM words it (RFC 7644 §3.12).
 *
 * @param retryAfter when the same request may do better
 */
record ScimError(
    int status, Optional<String> scimType, String detail, Optional<Duration> retryAfter) {
  private static final String URN = "urn:ietf:params:scim:api:messages:2.0:Error";

  static ScimError of(int status, String detail) {
    return new ScimError(status, Optional.empty(), detail, Optional.empty());
  }

  static ScimError of(int status, String scimType, String detail) {
    return new ScimError(status, Optional.of(scimType), detail, Optional.empty());
  }

  static ScimError retry(int status, Duration after, String detail) {
    return new ScimError(status, Optional.empty(), detail, Optional.of(after));
  }

  ScimError with(String otherDetail) {
    return new ScimError(status, scimType, otherDetail, retryAfter);
  }

  /** How long to wait, in whole seconds, at least one. */
  Optional<Long> retrySeconds() {
    return retryAfter.map(it -> Math.max(1, it.plusMillis(999).toSeconds()));
  }

  ObjectNode json() {
    var error = ScimJson.message(URN);
    error.put("status", Integer.toString(status));
    scimType.ifPresent(it -> error.put("scimType", it));
    return error.put("detail", detail);
  }

  WebResponse answer() {
    var answer = ScimJson.of(status, json());
    return retrySeconds()
        .map(seconds -> answer.header("Retry-After", Long.toString(seconds)))
        .orElse(answer);
  }
}
