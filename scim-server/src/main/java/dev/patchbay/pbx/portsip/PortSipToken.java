package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sign-in gave us.
 *
 * @param renewAt a minute before the token ends, or a fifth of its life if that is less
 */
record PortSipToken(Secret access, Optional<Secret> refresh, Instant renewAt) {
  // What the vendor's examples show, for an answer that does not say.
  private static final long USUAL_LIFE_SECONDS = 1800;
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /** The token in a sign-in's answer, if there is one that fits into a header. */
  static Optional<PortSipToken> read(JsonNode answer, Instant now) {
    long life = Math.max(0, answer.path("expires_in").asLong(USUAL_LIFE_SECONDS));
    Duration fifth = Duration.ofSeconds(life).dividedBy(5);
    Instant renewAt =
        now.plusSeconds(Math.min(life, Integer.MAX_VALUE))
            .minus(fifth.compareTo(AHEAD) < 0 ? fifth : AHEAD);
    Optional<Secret> refresh = Json.text(answer, "refresh_token").map(Secret::of);
    return Json.text(answer, "access_token")
        .filter(PortSipToken::fitsIntoHeader)
        .map(token -> new PortSipToken(Secret.of(token), refresh, renewAt));
  }

  static boolean fitsIntoHeader(String token) {
    return token.matches("[\\x21-\\x7e]+");
  }
}
