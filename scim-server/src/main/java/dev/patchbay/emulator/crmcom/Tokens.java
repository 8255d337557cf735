package dev.patchbay.emulator.crmcom;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens given out; they end after their time, used or not. */
final class Tokens {
  private final Clock clock;
  private final Duration life;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  Tokens(Clock clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** A new one, longer than 32 characters as the vendor's are. */
  String next() {
    var bytes = new byte[33];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().encodeToString(bytes);
    ends.put(token, clock.instant().plus(life));
    return token;
  }

  boolean good(String token) {
    Instant end = ends.get(token);
    return end != null && clock.instant().isBefore(end);
  }

  void release(String token) {
    ends.remove(token);
  }
}
