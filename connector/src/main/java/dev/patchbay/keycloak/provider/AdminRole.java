package dev.patchbay.keycloak.provider;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Who may see and steer the sending of a realm: holders of {@code patchbay-admin}, a role of the
 * realm's client {@code realm-management}, and administrators of the whole server.
 */
final class AdminRole {
  static final String NAME = "patchbay-admin";

  private AdminRole() {}

  /** The role exists from a realm's first target on. */
  static void ensure(RealmModel realm) {
    ClientModel client = realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
    if (client != null && client.getRole(NAME) == null) {
      client.addRole(NAME).setDescription("See and steer what is sent to phone systems");
    }
  }

  /** Whether the user, by way of this client, may. */
  static boolean holds(RealmModel realm, RealmModel ofUser, UserModel user, ClientModel client) {
    if (ofUser.getId().equals(realm.getId())) {
      ClientModel management = realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
      if (management != null && holds(user, client, management.getRole(NAME))) {
        return true;
      }
    }
    return ofUser.getName().equals(Config.getAdminRealm())
        && holds(user, client, ofUser.getRole(AdminRoles.ADMIN));
  }

  private static boolean holds(UserModel user, ClientModel client, @Nullable RoleModel role) {
    return role != null && user.hasRole(role) && client.hasScope(role);
  }
}
