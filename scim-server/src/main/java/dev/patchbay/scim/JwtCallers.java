package dev.patchbay.scim;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.config.Secret;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.scim.Caller.Access;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who comes with an OAuth access token of one tenant. */
final class JwtCallers {
  /** The client, as servers call it: OAuth, Entra (twice), Okta; else whoever it is about. */
  private static final List<String> CLIENTS = List.of("azp", "client_id", "appid", "cid", "sub");

  private static final int LONGEST_SOURCE = 80;

  private final JwtSettings settings;
  private final JwtVerifier verifier;

  JwtCallers(String tenant, JwtSettings settings, Clock clock) {
    this.settings = settings;
    this.verifier = new JwtVerifier(tenant, settings, clock);
  }

  /** Whether that is a JWT and no token of ours, which have no dots. */
  static boolean isOne(Secret token) {
    return token.reveal().startsWith("eyJ") && token.reveal().indexOf('.') > 0;
  }

  /**
   * Empty for a token that is not good here.
   *
   * @throws KeysUnavailable where that cannot be told now
   */
  Optional<Caller> caller(Secret token) {
    return verifier.verify(token).map(this::caller);
  }

  private Caller caller(JWTClaimsSet claims) {
    return new Caller(
        new Sender(source(claims), settings.idp()),
        access(claims),
        text(claim(claims, settings.subjectClaim())));
  }

  private Access access(JWTClaimsSet claims) {
    var scopes = settings.scopeClaims().stream().flatMap(it -> words(claim(claims, it))).toList();
    if (scopes.contains(settings.writeScope())) {
      return Access.WRITE;
    }
    return scopes.contains(settings.readScope()) ? Access.READ : Access.OWN;
  }

  /** What an access needs, in words of the issuer. */
  String scope(Access access) {
    return switch (access) {
      case OWN, READ -> settings.readScope();
      case WRITE -> settings.writeScope();
    };
  }

  /** A claim of that name, or, as Keycloak nests them, at that path of names. */
  private static @Nullable Object claim(JWTClaimsSet claims, String path) {
    var whole = claims.getClaim(path);
    if (whole != null) {
      return whole;
    }
    Object found = claims.getClaims();
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  /** A text with blanks (RFC 8693), or a list. */
  private static Stream<String> words(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Arrays.stream(text.split(" "));
      case Collection<?> list -> list.stream().map(String::valueOf);
      case null, default -> Stream.empty();
    };
  }

  private static Optional<String> text(@Nullable Object claim) {
    return claim instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  /** The name in logs and in the journal; whoever made the token shall not write lines there. */
  private static String source(JWTClaimsSet claims) {
    var client =
        CLIENTS.stream()
            .flatMap(it -> text(claims.getClaim(it)).stream())
            .findFirst()
            .orElse("unknown");
    var safe = client.replaceAll("[^A-Za-z0-9._:@/-]", "_");
    return "jwt:" + safe.substring(0, Math.min(LONGEST_SOURCE, safe.length()));
  }
}
