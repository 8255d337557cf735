package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that are good now; a restart forgets all but the static one. */
final class Sessions {
  /** A refresh token outlives its access token by this much. */
  private static final int REFRESH_LIVES = 10;

  /** The second factor of whoever is asked for one. */
  static final String CODE = "246810";

  /** How long a sign-in waits for its code. */
  private static final Duration HALF_LIFE = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final EmulatedAccess access;
  private final Clock clock;
  private final Map<String, Session> accessTokens = new ConcurrentHashMap<>();
  private final Map<String, Session> refreshTokens = new ConcurrentHashMap<>();

  private final Map<String, Session> halves = new ConcurrentHashMap<>();

  private record Session(Caller caller, Instant end) {}

  Sessions(EmulatedAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  /** A new pair of tokens, as the vendor words it. */
  ObjectNode open(Caller caller) {
    Instant now = clock.instant();
    accessTokens.values().removeIf(it -> !it.end().isAfter(now));
    refreshTokens.values().removeIf(it -> !it.end().isAfter(now));
    String token = random();
    String refresh = random();
    accessTokens.put(token, new Session(caller, now.plus(access.tokenLife())));
    refreshTokens.put(
        refresh, new Session(caller, now.plus(access.tokenLife().multipliedBy(REFRESH_LIVES))));
    return Json.object()
        .put("token_type", "Bearer")
        .put("access_token", token)
        .put("refresh_token", refresh)
        .put("expires_in", access.tokenLife().toSeconds());
  }

  /** What stands for a caller whose second factor is still missing. */
  String half(Caller caller) {
    String token = random();
    halves.put(token, new Session(caller, clock.instant().plus(HALF_LIFE)));
    return token;
  }

  boolean isHalf(String token) {
    return good(Optional.ofNullable(halves.get(token))).isPresent();
  }

  /** Tokens for a sign-in that is now complete, once; empty if it is not good or the code wrong. */
  Optional<ObjectNode> whole(String token, String code) {
    return code.equals(CODE)
        ? good(Optional.ofNullable(halves.remove(token))).map(this::open)
        : Optional.empty();
  }

  /** A new pair for a refresh token, which is then used up; empty if it is not good. */
  Optional<ObjectNode> refresh(String refreshToken) {
    return good(Optional.ofNullable(refreshTokens.remove(refreshToken))).map(this::open);
  }

  Optional<Caller> caller(String token) {
    if (access.allows(AuthStyle.STATIC) && Passwords.same(token, access.token())) {
      return Optional.of(new Caller.ServiceAccount());
    }
    return good(Optional.ofNullable(accessTokens.get(token)));
  }

  void close(String token) {
    accessTokens.remove(token);
  }

  private Optional<Caller> good(Optional<Session> session) {
    return session.filter(it -> it.end().isAfter(clock.instant())).map(Session::caller);
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
