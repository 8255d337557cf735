package dev.patchbay.schema;

/** Who uses a token: says which forms of a request are taken that the RFCs do not have. */
public enum IdentityProvider {
  /** Anybody: every form that can mean one thing only. */
  AUTO,
  ENTRA,
  OKTA,
  KEYCLOAK,
  OTHER
}
