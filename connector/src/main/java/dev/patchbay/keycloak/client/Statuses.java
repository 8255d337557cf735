package dev.patchbay.keycloak.client;

import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What an answer's status means for what was sent (RFC 7644 §3.12).
 *
 * @param patience hears whether the target asks to be left alone
 */
record Statuses(Patience patience) {
  /** A target's words are shown to administrators, but not without end. */
  private static final int DETAIL_LIMIT = 500;

  /**
   * The answer's content.
   *
   * @throws ScimFailure if it is none that did what was asked
   */
  Content read(String method, String path, HttpResponse<Content> answer) {
    int status = answer.statusCode();
    if (status != 503) {
      patience.answered();
    }
    if (status >= 200 && status < 300) {
      return answer.body();
    }
    throw failure(
        status,
        RetryAfter.of(answer.headers()),
        method + " " + pathOnly(path) + ": HTTP " + status + detail(answer.body()));
  }

  private ScimFailure failure(int status, Optional<Duration> wait, String said) {
    if (status == 401) {
      return new Unauthorized(said);
    }
    if (status == 429) {
      wait.ifPresent(patience::throttled);
      return new Unavailable(said, wait);
    }
    if (status == 503) {
      wait.ifPresent(patience::unavailable);
      return new Unavailable(said, wait);
    }
    if (status == 408 || status == 502 || status == 504) {
      return new Unavailable(said, Optional.empty());
    }
    return status >= 400 && status < 500 ? new Rejected(status, said) : new Failed(said);
  }

  /** What the target's error says; nothing if it is no SCIM. */
  private static String detail(Content content) {
    return content
        .json()
        .map(each -> each.path("detail").asText())
        .filter(each -> !each.isEmpty())
        .map(each -> ", " + each.substring(0, Math.min(each.length(), DETAIL_LIMIT)))
        .orElse("");
  }

  private static String pathOnly(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
