package dev.patchbay.keycloak.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code Retry-After} in seconds (RFC 9110 §10.2.3); a date is left to our own back-off. */
final class RetryAfter {
  /** However long a target asks for, somebody looks again within the hour. */
  private static final long MOST_SECONDS = 3600;

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(each -> each.matches("\\d{1,9}"))
        .map(each -> Duration.ofSeconds(Math.min(Long.parseLong(each), MOST_SECONDS)));
  }
}
