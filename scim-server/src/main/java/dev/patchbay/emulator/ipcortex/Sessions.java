package dev.patchbay.emulator.ipcortex;

import dev.patchbay.emulator.Passwords;
import dev.patchbay.web.WebRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sessions that are open; a restart forgets them. */
final class Sessions {
  private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)Red60urne=([^;]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Duration life;
  private final Clock clock;
  private final Map<String, Session> open = new ConcurrentHashMap<>();

  private record Session(Caller caller, Instant end) {}

  Sessions(Duration life, Clock clock) {
    this.life = life;
    this.clock = clock;
  }

  /** A session for the caller: the one of the cookie, if it is the caller's, else a new one. */
  String begin(WebRequest request, Caller caller) {
    Optional<String> same =
        cookie(request).filter(it -> good(it).filter(caller::equals).isPresent());
    return same.orElseGet(() -> begin(caller));
  }

  private String begin(Caller caller) {
    Instant now = clock.instant();
    open.values().removeIf(session -> !session.end().isAfter(now));
    byte[] bytes = new byte[20];
    RANDOM.nextBytes(bytes);
    String session = HexFormat.of().formatHex(bytes);
    open.put(session, new Session(caller, now.plus(life)));
    return session;
  }

  void end(WebRequest request) {
    cookie(request).ifPresent(open::remove);
  }

  Optional<Caller> caller(WebRequest request) {
    return cookie(request).flatMap(this::good);
  }

  private Optional<Caller> good(String session) {
    return open.entrySet().stream()
        .filter(it -> Passwords.same(it.getKey(), session))
        .map(Map.Entry::getValue)
        .filter(it -> it.end().isAfter(clock.instant()))
        .map(Session::caller)
        .findFirst();
  }

  private static Optional<String> cookie(WebRequest request) {
    return request
        .header("Cookie")
        .map(COOKIE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1).strip());
  }
}
