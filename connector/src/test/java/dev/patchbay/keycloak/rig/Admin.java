package dev.patchbay.keycloak.rig;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** Keycloak's administrator, who signs in again before a token ends. */
public final class Admin {
  // Keycloak's own tokens of the master realm live for 60 s.
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(40);

  private final URI server;
  private final Http http;
  private String token = "";
  private long until;

  Admin(URI server) {
    this.server = server;
    this.http = new Http(at("/admin"), this::token);
  }

  /** The admin REST API; paths begin after {@code /admin}. */
  public Http http() {
    return http;
  }

  URI at(String path) {
    return URI.create(server + path);
  }

  private synchronized String token() {
    if (System.nanoTime() > until || token.isEmpty()) {
      var answer = tokens("master", Keycloak.ADMINISTRATOR, Keycloak.ADMINISTRATOR);
      token = answer.done().json().path("access_token").asText();
      until = System.nanoTime() + TOKEN_LIFE.toNanos();
    }
    return token;
  }

  /** What Keycloak answers to a name and a password. */
  Answer tokens(String realm, String name, String password) {
    return tokens(
        realm,
        "grant_type=password&client_id=admin-cli&scope=openid&username=%s&password=%s"
            .formatted(name, password));
  }

  /** The token of a client with a service account. */
  String clientToken(String realm, String client, String secret) {
    return tokens(
            realm,
            "grant_type=client_credentials&client_id=%s&client_secret=%s".formatted(client, secret))
        .done()
        .json()
        .path("access_token")
        .asText();
  }

  private Answer tokens(String realm, String form) {
    var request =
        HttpRequest.newBuilder(at("/realms/" + realm + "/protocol/openid-connect/token"))
            .timeout(Http.LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return Http.sent(request);
  }

  /** Whether a provider of that SPI and id is installed. */
  public boolean hasProvider(String spi, String id) {
    return http.get("/serverinfo").path("providers").path(spi).path("providers").has(id);
  }
}
