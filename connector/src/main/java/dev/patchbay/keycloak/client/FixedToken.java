package dev.patchbay.keycloak.client;

/** A long-lived token. */
record FixedToken(String current) implements BearerTokens {
  @Override
  public boolean refused(String token) {
    return false;
  }

  @Override
  public String toString() {
    return "FixedToken";
  }
}
