package dev.patchbay.keycloak.config;

import java.net.URI;

/** How the connector shows the target who it is. */
public sealed interface Authentication {
  /** The same token with each request (RFC 6750). */
  record BearerToken(String token) implements Authentication {
    @Override
    public String toString() {
      return "BearerToken";
    }
  }

  /**
   * A token fetched by the client credentials grant (RFC 6749 §4.4); an empty scope is not sent.
   */
  record ClientCredentials(URI tokenUrl, String clientId, String clientSecret, String scope)
      implements Authentication {
    @Override
    public String toString() {
      return "ClientCredentials[" + tokenUrl + ", " + clientId + "]";
    }
  }
}
