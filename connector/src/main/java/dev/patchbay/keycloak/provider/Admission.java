package dev.patchbay.keycloak.provider;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AppAuthManager.BearerTokenAuthenticator;

/**
 * Lets in who may see and steer the sending: tokens of the realm itself and of the admin realm are
 * looked at.
 */
final class Admission {
  private Admission() {}

  /**
   * The realm that is asked for.
   *
   * @throws NotAuthorizedException without a token that is good
   * @throws ForbiddenException if the token's user may not
   */
  @SuppressWarnings("removal") // user() and client() came with Keycloak 26.7
  static RealmModel check(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    RealmModel admin = session.realms().getRealmByName(Config.getAdminRealm());
    try {
      for (RealmModel each : List.of(realm, admin)) {
        session.getContext().setRealm(each);
        var found = new BearerTokenAuthenticator(session).setRealm(each).authenticate();
        if (found != null) {
          if (AdminRole.holds(realm, each, found.getUser(), found.getClient())) {
            return realm;
          }
          throw new ForbiddenException("needs the role realm-management " + AdminRole.NAME);
        }
      }
      throw new NotAuthorizedException("Bearer");
    } finally {
      session.getContext().setRealm(realm);
    }
  }
}
