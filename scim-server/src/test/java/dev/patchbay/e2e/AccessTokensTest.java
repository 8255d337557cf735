package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JWTs of an authorization server as bearer tokens, and whom they are about. */
class AccessTokensTest {
  private static final String WRITE = "scim.write";
  private static final String READ = "scim.read";

  @TempDir private Path directory;

  private final TokenIssuer issuer = TokenIssuer.start();
  private RunningBridge bridge;

  @BeforeEach
  void start() {
    bridge = bridgeOf(issuer);
  }

  private RunningBridge bridgeOf(TokenIssuer tokens) {
    return RunningBridge.with(
        directory,
        """
        jwt: { issuer: "%s", audience: "patchbay-{tenant}",
               scope-claims: [scope, scp, roles, realm_access.roles] }
        """
            .formatted(tokens.url())
            .strip());
  }

  @AfterEach
  void stop() {
    bridge.close();
    issuer.close();
  }

  private ScimClient with(String token) {
    return bridge.scim().with("Authorization", "Bearer " + token);
  }

  private ScimClient as(String subject, String scope) {
    return with(issuer.token(it -> it.subject(subject).claim("scope", scope)));
  }

  @Test
  void whoMayWriteWritesUnderTheNameOfTheClient() {
    var user = with(issuer.token("openid " + WRITE)).createUser("ada").is(201);

    with(issuer.token(WRITE)).get("/Users/" + user.id()).is(200);
    assertThat(bridge.sources()).containsExactly("jwt:provisioner");
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void whateverTheClientIsCalledTheLogStaysOne() {
    with(issuer.token(it -> it.claim("scope", WRITE).claim("azp", "x\n\"y\"" + "z".repeat(200))))
        .createUser("ada")
        .is(201);

    assertThat(bridge.sources()).singleElement().asString().matches("jwt:x__y_z{75}");
  }

  @Test
  void whoMayReadReads() {
    var reader = with(issuer.token(READ));

    reader.get("/Users").is(200);
    reader.post("/Users/.search", "{}").is(200);
    var refused = reader.createUser("ada").isError(403);
    assertThat(refused.header("WWW-Authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"scim.write\"");
    reader.post("/Bulk", "{'Operations':[]}").isError(403);
  }

  @Test
  void whoMayNothingLearnsWhatTheServerIs() {
    var somebody = with(issuer.token("openid"));

    somebody.get("/ServiceProviderConfig").is(200);
    somebody.get("/Schemas").is(200);
    somebody.get("/Users").isError(403);
  }

  @Test
  void scopesAndRolesStandWhereEachServerPutsThem() {
    List<UnaryOperator<JWTClaimsSet.Builder>> ways =
        List.of(
            it -> it.claim("scp", READ + " other"), // Entra, delegated
            it -> it.claim("roles", List.of(READ)), // Entra, application
            it -> it.claim("scp", List.of("other", READ)), // Okta
            it -> it.claim("realm_access", Map.of("roles", List.of(READ)))); // Keycloak

    assertThat(ways).allSatisfy(way -> with(issuer.token(way)).get("/Users").is(200));
  }

  @Test
  void whatIsNotRightInATokenMakesItNoToken() throws JOSEException {
    var now = Clock.systemUTC().instant();
    var hmac =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
            issuer.claims().claim("scope", WRITE).build());
    hmac.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
    var good = issuer.token(WRITE);
    var bad =
        Map.of(
            "expired", issuer.token(it -> it.expirationTime(Date.from(now.minusSeconds(120)))),
            "early", issuer.token(it -> it.notBeforeTime(Date.from(now.plusSeconds(120)))),
            "for ever", issuer.token(it -> it.expirationTime(null)),
            "for others", issuer.token(it -> it.audience("other")),
            "for another tenant", issuer.token(it -> it.audience("patchbay-branch")),
            "of others", issuer.token(it -> it.issuer("https://other.example.com")),
            "unsigned", new PlainJWT(issuer.claims().claim("scope", WRITE).build()).serialize(),
            "signed with what all know", hmac.serialize(),
            "signed by others", issuer.signed(otherKeyOfTheSameName(), it -> it),
            "changed", good.replaceFirst("\\.[^.]*\\.", "." + payload("other") + "."));

    assertThat(bad)
        .allSatisfy(
            (name, token) -> {
              var answer = with(token).get("/Users").isError(401);
              assertThat(answer.header("WWW-Authenticate"))
                  .startsWith("Bearer ")
                  .contains("error=\"invalid_token\"");
              assertThat(answer.text()).doesNotContain(token.substring(0, 20));
            });
    with("eyJ.eyJ.x").get("/Users").isError(401);
    with("eyJhbGciOiJSUzI1NiJ9..").get("/Users").isError(401);
    with(good).get("/Users").is(200);
  }

  private RSAKey otherKeyOfTheSameName() {
    return new RSAKey.Builder(TokenIssuer.newKey()).keyID(issuer.key().getKeyID()).build();
  }

  private String payload(String subject) {
    return issuer
        .claims()
        .subject(subject)
        .claim("scope", WRITE)
        .build()
        .toPayload()
        .toBase64URL()
        .toString();
  }

  @Test
  void clocksMayDifferALittle() {
    var now = Clock.systemUTC().instant();

    with(issuer.token(
            it -> it.expirationTime(Date.from(now.minusSeconds(30))).claim("scope", READ)))
        .get("/Users")
        .is(200);
  }

  @Test
  void aNewKeyIsFetchedAndMadeUpOnesAreNot() {
    with(issuer.token(READ)).get("/Users").is(200);
    var old = issuer.token(READ);
    issuer.rotate();

    with(issuer.token(READ)).get("/Users").is(200);
    with(old).get("/Users").isError(401);
    for (int i = 0; i < 5; i++) {
      with(issuer.signed(TokenIssuer.newKey(), it -> it)).get("/Users").isError(401);
    }
    // Each of the two tenants asks twice in half a minute, however many tokens come.
    assertThat(issuer.fetches()).isBetween(2, 4);
  }

  @Test
  void knownKeysServeWhileTheIssuerIsDownAndOthersWait() {
    var known = issuer.token(READ);
    with(known).get("/Users").is(200);
    issuer.goDown();

    with(issuer.signed(TokenIssuer.newKey(), it -> it)).get("/Users").isRetry(503);
    with(known).get("/Users").is(200);
    with("eyJ.eyJ.x").get("/Users").isError(401);
  }

  @Test
  void noTokenIsJudgedBeforeTheIssuerCanBeReached() {
    issuer.goDown();
    with(issuer.token(READ)).get("/Users").isRetry(503);
    bridge.scim().get("/Users").is(200);
    issuer.comeBack();

    with(issuer.token(READ)).get("/Users").is(200);
  }

  @Test
  void theIssuerMayDescribeItselfAsRfc8414Has() {
    bridge.close();
    try (var other = TokenIssuer.ofRfc8414()) {
      bridge = bridgeOf(other);

      with(other.token(READ)).get("/Users").is(200);
    }
  }

  @Test
  void aTenantThatDoesNotExistIsOnlyForWhoIsLetIn() {
    var path = bridge.scim("nowhere");

    path.with("Authorization", "Bearer " + issuer.token(READ)).get("/Users").isError(404);
    path.with("Authorization", "Bearer " + issuer.signed(TokenIssuer.newKey(), it -> it))
        .get("/Users")
        .isError(401);
    bridge
        .scim("branch")
        .with("Authorization", "Bearer " + issuer.token(READ))
        .get("/Users")
        .isError(401);
  }

  @Test
  void theConfigurationNamesBothWaysIn() {
    var config = with(issuer.token(READ)).get("/ServiceProviderConfig").json();

    assertThat(config.path("authenticationSchemes").findValuesAsText("type"))
        .containsExactly("oauthbearertoken", "oauth2");
  }

  @Test
  void meIsWhomTheTokenIsAbout() {
    var ada = bridge.scim().createUser("ada", "'externalId':'subject-1'").id();
    var bob = bridge.scim().createUser("bob@example.com").id();

    var me = as("subject-1", "").get("/Me").is(200);
    assertThat(me.id()).isEqualTo(ada);
    assertThat(me.header("Location")).endsWith("/office/scim/v2/Users/" + ada);
    assertThat(me.at("/meta/location")).isEqualTo(me.header("Location"));
    assertThat(as("bob@example.com", "").get("/Me?attributes=userName").is(200).id())
        .isEqualTo(bob);
    as("nobody", "").get("/Me").isError(404);
  }

  @Test
  void whoIsSeveralIsNobody() {
    bridge.scim().createUser("ada", "'externalId':'subject-1'").is(201);
    bridge.scim().createUser("bob", "'externalId':'subject-1'").is(201);

    as("subject-1", WRITE).get("/Me").isError(409);
  }

  @Test
  void meIsChangedByWhoMayWrite() {
    var ada = bridge.scim().createUser("ada", "'externalId':'subject-1'").id();

    as("subject-1", READ)
        .patch("/Me", "{'op':'replace','path':'title','value':'Queen'}")
        .isError(403);
    as("subject-1", WRITE)
        .patch("/Me", "{'op':'replace','path':'title','value':'Countess'}")
        .is(200);
    assertThat(bridge.scim().get("/Users/" + ada).at("/title")).isEqualTo("Countess");
    var replaced = as("subject-1", WRITE).put("/Me", "{'userName':'ada','externalId':'subject-1'}");
    assertThat(replaced.is(200).header("Location")).endsWith("/Users/" + ada);
    as("subject-1", WRITE).delete("/Me").is(204);
    bridge.scim().get("/Users/" + ada).isError(404);
    bridge.assertBothSidesAgree();
  }

  @Test
  void aLongLivedTokenIsNobodysOwn() {
    bridge.scim().get("/Me").isError(501);
    bridge.scim().patch("/Me", "{'op':'remove','path':'title'}").isError(501);
    bridge.scim().delete("/Me").isError(501);
  }
}
