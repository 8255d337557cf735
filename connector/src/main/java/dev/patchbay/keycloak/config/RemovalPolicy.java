package dev.patchbay.keycloak.config;

/** What the target is told when a user was deleted or is not among those any more who are sent. */
public enum RemovalPolicy {
  DELETE,
  DEACTIVATE,
  /** Nothing; the account stays as it is. */
  KEEP
}
