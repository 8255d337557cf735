package dev.patchbay.pbx.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a PBX answered; its text may hold secrets and is never printed.
 *
 * @param retryAfter how long the PBX asks to be left alone, 1 s to 1 h
 */
public record HttpAnswer(
    int status, Optional<String> contentType, Optional<Duration> retryAfter, String text) {

  public boolean success() {
    return status >= 200 && status < 300;
  }

  /** Whether this is a page for people: then something other than the PBX's API answered. */
  public boolean webPage() {
    return contentType.filter(type -> type.toLowerCase(Locale.ROOT).contains("html")).isPresent();
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + "]";
  }

  /** Whether this is a no of the PBX's own and not a matter of pace or of something in between. */
  public boolean saysNo() {
    return switch (status) {
      case 407, 408, 421, 425, 429 -> false;
      default -> status >= 400 && status < 500;
    };
  }
}
