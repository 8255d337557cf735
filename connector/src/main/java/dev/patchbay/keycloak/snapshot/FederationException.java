package dev.patchbay.keycloak.snapshot;

/** A user's federation, such as LDAP, cannot be asked: what it would say is not known. */
public final class FederationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String REASON = "the user federation does not answer for user ";

  private final String user;

  FederationException(String user) {
    super(REASON + user);
    this.user = user;
  }

  FederationException(String user, Throwable cause) {
    super(REASON + user, cause);
    this.user = user;
  }

  /** Whom it was asked about. */
  public String reason() {
    return REASON + user;
  }
}
