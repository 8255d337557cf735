package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is logged in: one session for each user space and user name; a restart forgets them. */
final class Sessions {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Duration life;
  private final Clock clock;
  private final Map<String, Session> byToken = new HashMap<>();

  /**
   * @param name user space and user name
   * @param underWay requests of it
   */
  record Session(
      String name, Caller caller, String renewalToken, Instant end, AtomicInteger underWay) {}

  Sessions(Duration life, Clock clock) {
    this.life = life;
    this.clock = clock;
  }

  /** A new session; empty when one of that name has not ended. */
  synchronized Optional<ObjectNode> open(String userSpace, String userName, Caller caller) {
    Instant now = clock.instant();
    byToken.values().removeIf(session -> !session.end().isAfter(now));
    String name = userSpace + "\n" + userName;
    boolean taken = byToken.values().stream().anyMatch(session -> session.name().equals(name));
    return taken ? Optional.empty() : Optional.of(answer(name, caller, new AtomicInteger()));
  }

  private ObjectNode answer(String name, Caller caller, AtomicInteger underWay) {
    String token = random();
    String renewal = random();
    Instant end = clock.instant().plus(life);
    byToken.put(token, new Session(name, caller, renewal, end, underWay));
    return Json.object()
        .put("authentication", token)
        .put("renewalToken", renewal)
        .put("validUntil", TIME.format(end.atOffset(ZoneOffset.UTC)))
        .put("version", "v1");
  }

  private static String random() {
    var bytes = new byte[36];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The session goes on under new tokens; empty when the renewal token is not its own. */
  synchronized Optional<ObjectNode> renew(String token, String renewalToken) {
    return session(token)
        .filter(session -> session.renewalToken().equals(renewalToken))
        .map(
            session -> {
              byToken.remove(token);
              return answer(session.name(), session.caller(), session.underWay());
            });
  }

  synchronized Optional<Session> session(String token) {
    return Optional.ofNullable(byToken.get(token))
        .filter(session -> session.end().isAfter(clock.instant()));
  }

  synchronized void close(String token) {
    byToken.remove(token);
  }
}
