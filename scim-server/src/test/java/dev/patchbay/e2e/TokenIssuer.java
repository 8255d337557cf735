package dev.patchbay.e2e;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OAuth authorization server, as far as one sees it from a resource server: its keys. */
final class TokenIssuer implements AutoCloseable {
  private static final String PATH = "/realms/staff";

  private final HttpServer server;
  private final String metadata;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile RSAKey key = newKey();
  private volatile boolean down;

  private TokenIssuer(HttpServer server, String metadata) {
    this.server = server;
    this.metadata = metadata;
  }

  /** One that describes itself as OpenID Connect has it, as Entra, Okta and Keycloak do. */
  static TokenIssuer start() {
    return start(PATH + "/.well-known/openid-configuration");
  }

  /** One that describes itself as RFC 8414 has it. */
  static TokenIssuer ofRfc8414() {
    return start("/.well-known/oauth-authorization-server" + PATH);
  }

  private static TokenIssuer start(String metadata) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var issuer = new TokenIssuer(HttpServer.create(address, 0), metadata);
      issuer.server.createContext("/", issuer::answer);
      issuer.server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (down) {
      send(exchange, 503, "");
    } else if (path.equals(metadata)) {
      send(exchange, 200, "{\"issuer\":\"%s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url()));
    } else if (path.equals(PATH + "/keys")) {
      fetches.incrementAndGet();
      send(exchange, 200, new JWKSet(key).toString(true));
    } else {
      send(exchange, 404, "");
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** How often its keys were fetched. */
  int fetches() {
    return fetches.get();
  }

  /** Signs with another key from now on, which takes the place of the old one. */
  void rotate() {
    key = newKey();
  }

  void goDown() {
    down = true;
  }

  void comeBack() {
    down = false;
  }

  RSAKey key() {
    return key;
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A good token for the tenant {@code office}, with that scope. */
  String token(String scope) {
    return token(claims -> claims.claim("scope", scope));
  }

  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(key, change);
  }

  /** A good token but for what is changed. */
  String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            change.apply(claims()).build());
    try {
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  JWTClaimsSet.Builder claims() {
    var now = Clock.systemUTC().instant();
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience("patchbay-office")
        .subject("subject-1")
        .claim("azp", "provisioner")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
