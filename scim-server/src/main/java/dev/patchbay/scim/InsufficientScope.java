package dev.patchbay.scim;

/** The token is good and does not allow this (RFC 6750 §3.1). */
final class InsufficientScope extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String scope;

  /**
   * @param scope what the token would have to have
   */
  InsufficientScope(String scope) {
    super("the token lacks the scope '" + scope + "'", null, false, false);
    this.scope = scope;
  }

  String scope() {
    return scope;
  }
}
