package dev.patchbay.scim;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.patchbay.config.Secret;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a tenant's OAuth access tokens (RFC 7519, RFC 9068): signature, issuer, audience and time.
 * Keys are kept; a key nobody has seen yet makes them be fetched again, twice in half a minute at
 * most. While they cannot be fetched, those known stay good for a day, and a token that needs
 * another one is not judged.
 */
final class JwtVerifier {
  private static final Logger log = LoggerFactory.getLogger(JwtVerifier.class);

  private static final long KEPT = Duration.ofMinutes(15).toMillis();
  private static final long KEPT_IN_AN_OUTAGE = Duration.ofDays(1).toMillis();
  private static final long AT_MOST_EVERY = Duration.ofSeconds(30).toMillis();
  private static final long WAIT = Duration.ofSeconds(10).toMillis();

  private final String tenant;
  private final JwtSettings settings;
  private final IssuerKeys keys;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * @param tenant its name in the log
   */
  JwtVerifier(String tenant, JwtSettings settings, Clock clock) {
    this.tenant = tenant;
    this.settings = settings;
    this.keys = new IssuerKeys(settings.issuer(), settings.jwksUri());
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(settings.algorithms(), source(keys, settings)));
    processor.setJWTClaimsSetVerifier(claims(settings, clock));
  }

  private static JWKSource<SecurityContext> source(IssuerKeys keys, JwtSettings settings) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(settings.issuer().toURL(), keys)
          .cache(KEPT, WAIT)
          .refreshAheadCache(false)
          .rateLimited(AT_MOST_EVERY)
          .outageTolerant(KEPT_IN_AN_OUTAGE)
          .build();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      JwtSettings settings, Clock clock) {
    var exact = new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build();
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            settings.audience(), exact, Set.of("exp"), Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    return verifier;
  }

  /**
   * What the token says, if it is good.
   *
   * @throws KeysUnavailable where that cannot be told now
   */
  Optional<JWTClaimsSet> verify(Secret token) {
    try {
      var jwt = SignedJWT.parse(token.reveal());
      if (!settings.algorithms().contains(jwt.getHeader().getAlgorithm())) {
        return refused("it is not signed by an algorithm of the list");
      }
      if (!settings.issuer().toString().equals(jwt.getJWTClaimsSet().getIssuer())) {
        return refused("it is another issuer's"); // whatever the keys say
      }
      return Optional.of(processor.process(jwt, null));
    } catch (ParseException malformed) {
      return refused("it is no signed JWT");
    } catch (BadJWTException bad) {
      return refused(String.valueOf(bad.getMessage()));
    } catch (BadJOSEException | JOSEException bad) {
      if (!keys.reachable()) {
        throw new KeysUnavailable();
      }
      return refused(String.valueOf(bad.getMessage()));
    }
  }

  /** For whoever wonders why an identity provider is not let in; the token is not told. */
  private Optional<JWTClaimsSet> refused(String why) {
    var safe = why.replaceAll("\\p{Cntrl}", " ");
    log.info(
        "token refused tenant={} issuer={} reason=\"{}\"",
        tenant,
        settings.issuer(),
        safe.substring(0, Math.min(200, safe.length())));
    return Optional.empty();
  }
}
