package dev.patchbay.keycloak.client;

/** The token that the next request carries. */
sealed interface BearerTokens permits FixedToken, FetchedToken {
  /**
   * A token that is good as far as we know.
   *
   * @throws ScimFailure when none can be had
   */
  String current();

  /** The target did not take this one; whether another can be had. */
  boolean refused(String token);
}
