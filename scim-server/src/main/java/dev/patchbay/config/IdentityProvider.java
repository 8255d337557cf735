package dev.patchbay.config;

/**
 * Who uses a token; some values mean something only when a certain identity provider sends them.
 */
public enum IdentityProvider {
  /** Judged by what it sends. */
  AUTO,
  ENTRA,
  OKTA,
  KEYCLOAK,
  OTHER
}
