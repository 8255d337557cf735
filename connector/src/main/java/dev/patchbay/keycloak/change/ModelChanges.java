package dev.patchbay.keycloak.change;

import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupEvent;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.GroupModel.GroupPathChangeEvent;
import org.keycloak.models.GroupModel.GroupRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel.RoleRemovedEvent;
import org.keycloak.models.RoleModel;
import org.keycloak.models.RoleModel.RoleGrantedEvent;
import org.keycloak.models.RoleModel.RoleNameChangeEvent;
import org.keycloak.models.RoleModel.RoleRevokedEvent;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Reads what Keycloak's model says inside the server: what no administrator's event tells, such as
 * the groups beneath a deleted one, users that a partial import overwrites, or what other
 * extensions do.
 *
 * @param session in whose transaction it happened
 */
public record ModelChanges(KeycloakSession session, String realmId, Set<Change> changes) {

  /** None if the event concerns nobody who is sent. */
  public static Optional<ModelChanges> of(ProviderEvent event) {
    if (event instanceof UserPreRemovedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.leaver(it.getUser().getId()));
    }
    if (event instanceof UserRemovedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.leaver(it.getUser().getId()));
    }
    if (event instanceof FederatedIdentityCreatedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.user(it.getUser().getId()));
    }
    if (event instanceof FederatedIdentityRemovedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.user(it.getUser().getId()));
    }
    if (event instanceof GroupEvent it) {
      return group(it);
    }
    return role(event);
  }

  private static Optional<ModelChanges> group(GroupEvent event) {
    GroupModel group = event.getGroup();
    var session = event.getKeycloakSession();
    var realm = event.getRealm();
    if (event instanceof GroupMemberJoinEvent it) {
      return of(session, realm, Change.user(it.getUser().getId()));
    }
    if (event instanceof GroupMemberLeaveEvent it) {
      return of(session, realm, Change.user(it.getUser().getId()));
    }
    if (group.getType() != GroupModel.Type.REALM) {
      return Optional.empty(); // the hidden group of an organization
    }
    if (event instanceof GroupRemovedEvent) {
      return of(session, realm, Change.group(group.getId()), Change.roles());
    }
    if (event instanceof GroupPathChangeEvent) {
      return of(session, realm, Change.group(group.getId()), Change.members(group.getId()));
    }
    return of(session, realm, Change.group(group.getId()));
  }

  private static Optional<ModelChanges> role(ProviderEvent event) {
    if (event instanceof RoleGrantedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.user(it.getUser().getId()));
    }
    if (event instanceof RoleRevokedEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.user(it.getUser().getId()));
    }
    if (event instanceof RoleNameChangeEvent it) {
      return of(it.getKeycloakSession(), it.getRealm(), Change.roles());
    }
    if (event instanceof RoleRemovedEvent it) {
      return of(it.getKeycloakSession(), realm(it.getRole()), Change.roles());
    }
    return Optional.empty();
  }

  private static RealmModel realm(RoleModel role) {
    return role.getContainer() instanceof RealmModel realm
        ? realm
        : ((ClientModel) role.getContainer()).getRealm();
  }

  private static Optional<ModelChanges> of(
      KeycloakSession session, RealmModel realm, Change... changes) {
    return Optional.of(new ModelChanges(session, realm.getId(), Set.of(changes)));
  }
}
