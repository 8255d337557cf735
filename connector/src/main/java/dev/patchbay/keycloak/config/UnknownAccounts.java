package dev.patchbay.keycloak.config;

/**
 * What becomes of accounts at the target that have the id of a user of Keycloak who is nobody in
 * it, and of whom nothing here knows that they were made.
 */
public enum UnknownAccounts {
  /** They are counted. Another Keycloak may have made them. */
  REPORT,
  /** They are taken away as if their users had just left, and the safety brake counts them. */
  REMOVE
}
