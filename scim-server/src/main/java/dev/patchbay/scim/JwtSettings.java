package dev.patchbay.scim;

import com.nimbusds.jose.JWSAlgorithm;
import dev.patchbay.config.Section;
import dev.patchbay.schema.IdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The OAuth access tokens of a tenant; docs/reference/configuration.md has the keys.
 *
 * @param issuer who makes them, as the claim {@code iss} says it
 * @param audience one of these is in {@code aud}; a token for another service is not for us
 * @param jwksUri where the issuer's keys are; what the issuer says of itself, if absent
 * @param algorithms asymmetric ones only: nobody who can check a token shall be able to make one
 * @param scopeClaims where scopes and roles stand, such as {@code scp} or {@code
 *     realm_access.roles}
 * @param readScope allows reading
 * @param writeScope allows reading and writing
 * @param subjectClaim says whose token it is, for {@code /Me}
 * @param clockSkew how far the issuer's clock may be off
 * @param idp in whose ways the sender may speak
 */
public record JwtSettings(
    URI issuer,
    Set<String> audience,
    Optional<URI> jwksUri,
    Set<JWSAlgorithm> algorithms,
    List<String> scopeClaims,
    String readScope,
    String writeScope,
    String subjectClaim,
    Duration clockSkew,
    IdentityProvider idp) {
  private static final Set<JWSAlgorithm> POSSIBLE =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);
  private static final String EXPECTED =
      "one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512";
  private static final List<JWSAlgorithm> USUAL =
      List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  public JwtSettings {
    audience = Set.copyOf(audience);
    algorithms = Set.copyOf(algorithms);
    scopeClaims = List.copyOf(scopeClaims);
  }

  /** Reads a tenant's {@code jwt} section. */
  public static JwtSettings from(Section section) {
    var audience = section.strings("audience", List.of());
    if (audience.isEmpty()) {
      section.reject("audience", "is missing, expected what the tokens have in 'aud'");
    }
    return new JwtSettings(
        section.uri("issuer"),
        Set.copyOf(audience),
        section.optionalUri("jwks-uri"),
        Set.copyOf(section.values("algorithms", EXPECTED, USUAL, JwtSettings::algorithm)),
        section.strings("scope-claims", List.of("scope", "scp", "roles")),
        section.string("read-scope", "scim.read"),
        section.string("write-scope", "scim.write"),
        section.string("subject-claim", "sub"),
        section.duration(
            "clock-skew", Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(10)),
        section.choice("idp", IdentityProvider.AUTO));
  }

  private static JWSAlgorithm algorithm(String name) {
    return POSSIBLE.stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }
}
