package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a log-in or a renewal gave us.
 *
 * @param renewal good for one renewal
 * @param renewAt a minute before the token ends, or a fifth of its life if that is less
 */
record XelionToken(Secret authentication, Optional<Secret> renewal, Instant renewAt) {
  // For an answer that does not say, or says what our clocks make nonsense of.
  private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /**
   * The token in an answer, if there is one that fits into a header.
   *
   * @param skew how far Xelion's clock is ahead of ours
   */
  static Optional<XelionToken> read(JsonNode answer, Instant now, Duration skew) {
    Duration life =
        Json.text(answer, "validUntil")
            .flatMap(XelionTime::read)
            .map(end -> Duration.between(now, end.minus(skew)))
            .filter(Duration::isPositive)
            .orElse(USUAL_LIFE);
    Duration fifth = life.dividedBy(5);
    Instant renewAt = now.plus(life).minus(fifth.compareTo(AHEAD) < 0 ? fifth : AHEAD);
    Optional<Secret> renewal = Json.text(answer, "renewalToken").map(Secret::of);
    return Json.text(answer, "authentication")
        .filter(token -> token.matches("[\\x21-\\x7e]+"))
        .map(token -> new XelionToken(Secret.of(token), renewal, renewAt));
  }

  Credential credential() {
    return new Credential("Authorization", Secret.of("xelion " + authentication.reveal()));
  }
}
