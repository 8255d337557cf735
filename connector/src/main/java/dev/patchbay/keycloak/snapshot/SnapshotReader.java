package dev.patchbay.keycloak.snapshot;

import dev.patchbay.keycloak.config.Setting;
import dev.patchbay.keycloak.config.SettingException;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.config.UserFilter.Everyone;
import dev.patchbay.keycloak.config.UserFilter.InGroup;
import dev.patchbay.keycloak.config.UserFilter.WithAttribute;
import dev.patchbay.keycloak.config.UserFilter.WithRole;
import dev.patchbay.keycloak.snapshot.UserSnapshot.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StoreManagers;

/**
 * Reads what a target shall have, within one transaction. Users are those in Keycloak's own
 * database, imported ones included; those that a federation never imports are not sent. They and
 * groups are read past Keycloak's caches, which on a node outside of the cluster may be older than
 * the change that made us look. What groups and roles consist of is read through it: see {@link
 * RealmCache}.
 */
public final class SnapshotReader {
  /** What Keycloak gives for a user whose federation is down; 26.0 has no such class and throws. */
  private static final String UNAVAILABLE = "StorageUnavailableUserModelDelegate";

  private final RealmModel realm;
  private final TargetConfig target;
  private final StoreManagers stores;
  private final UserProvider users;
  private final UserProvider federated;
  private final GroupProvider groups;
  private final OwnPaths own;
  private final Predicate<UserModel> wanted;
  private final Map<RoleModel, String> roles = new HashMap<>();

  public SnapshotReader(KeycloakSession session, RealmModel realm, TargetConfig target) {
    this.stores = (StoreManagers) session.getProvider(DatastoreProvider.class);
    this.realm = realm;
    this.target = target;
    this.users = stores.userLocalStorage();
    this.federated = stores.userStorageManager();
    this.groups = stores.groupStorageManager();
    this.own = OwnPaths.of(target);
    this.wanted = wanted(session);
    target
        .roles()
        .forEach((name, value) -> role(name).ifPresent(role -> this.roles.put(role, value)));
  }

  /** None if there is no such user, or one who is not sent. */
  public Optional<UserSnapshot> user(String id) {
    return Optional.ofNullable(users.getUserById(realm, id)).flatMap(this::user);
  }

  /**
   * None if the user is not among those who are sent.
   *
   * @throws FederationException when the user's LDAP cannot be asked
   */
  public Optional<UserSnapshot> user(UserModel stored) {
    return throughFederation(stored);
  }

  /**
   * As Keycloak sees the user: LDAP may hold groups and attributes, and know whether the user is
   * still there; a disabled organization disables its people. Keycloak shows users as disabled,
   * too, whose LDAP does not answer: nobody leaves because of that.
   */
  private Optional<UserSnapshot> throughFederation(UserModel stored) {
    try {
      UserModel user = federated.getUserById(realm, stored.getId());
      if (user != null && user.getClass().getSimpleName().equals(UNAVAILABLE)) {
        throw new FederationException(stored.getId());
      }
      return Optional.ofNullable(user).flatMap(this::snapshot);
    } catch (ModelException e) {
      throw new FederationException(stored.getId(), e);
    }
  }

  private Optional<UserSnapshot> snapshot(UserModel user) {
    if (user.getServiceAccountClientLink() != null || !wanted.test(user)) {
      return Optional.empty();
    }
    var resource = new UserResource(target, user, rolesOf(user), ms365IdsOf(user)).json();
    var source = user.getFederationLink() == null ? Source.STORED : Source.FEDERATED;
    return Optional.of(new UserSnapshot(user.getId(), resource, own, groupsOf(user), source));
  }

  /** The user who has this name now, who may be another than the one who had it. */
  public Optional<UserSnapshot> userNamed(String userName) {
    return Optional.ofNullable(users.getUserByUsername(realm, userName)).flatMap(this::user);
  }

  /** Users in the order of their names, those who are not sent included. */
  public Stream<UserModel> users(int first, int count) {
    return users.searchForUserStream(
        realm, Map.of(UserModel.INCLUDE_SERVICE_ACCOUNT, "false"), first, count);
  }

  /** None if there is no such group, or one that is not sent. */
  public Optional<GroupSnapshot> group(String id) {
    return Optional.ofNullable(groups.getGroupById(realm, id)).flatMap(this::group);
  }

  /** None if the group is not among those that are sent. */
  public Optional<GroupSnapshot> group(GroupModel group) {
    if (target.groups().none() || group.getType() != GroupModel.Type.REALM) {
      return Optional.empty();
    }
    String path = KeycloakModelUtils.buildGroupPath(group);
    return target.groups().includes(path)
        ? Optional.of(new GroupSnapshot(group.getId(), target.groupNaming().name(path)))
        : Optional.empty();
  }

  /** All groups of the realm, organizations' hidden ones left out. */
  public Stream<GroupModel> groups() {
    return groups.getGroupsStream(realm).filter(each -> each.getType() == GroupModel.Type.REALM);
  }

  /** Ids of the groups right below this one. */
  public List<String> groupsBelow(String id) {
    return Optional.ofNullable(groups.getGroupById(realm, id)).stream()
        .flatMap(GroupModel::getSubGroupsStream)
        .map(GroupModel::getId)
        .toList();
  }

  /** Ids of a group's direct members. */
  public Stream<String> members(String groupId, int first, int count) {
    return Optional.ofNullable(groups.getGroupById(realm, groupId)).stream()
        .flatMap(group -> users.getGroupMembersStream(realm, group, first, count))
        .map(UserModel::getId);
  }

  private List<String> rolesOf(UserModel user) {
    return roles.entrySet().stream()
        .filter(each -> user.hasRole(each.getKey()))
        .map(Map.Entry::getValue)
        .distinct() // several roles may be sent as one
        .sorted()
        .toList();
  }

  private Set<String> groupsOf(UserModel user) {
    return target.groups().none()
        ? Set.of()
        : user.getGroupsStream()
            .flatMap(each -> group(each).stream())
            .map(GroupSnapshot::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<String> ms365IdsOf(UserModel user) {
    return target.ms365Aliases().isEmpty()
        ? Stream.empty()
        : users
            .getFederatedIdentitiesStream(realm, user)
            .filter(each -> target.ms365Aliases().contains(each.getIdentityProvider()))
            .map(FederatedIdentityModel::getUserId)
            .sorted();
  }

  /** A filter that names nothing would let everybody go. */
  private static SettingException missing(String what, String name) {
    return new SettingException(Setting.USERS_IN, "the realm has no " + what + " '" + name + "'");
  }

  private Predicate<UserModel> wanted(KeycloakSession session) {
    if (target.users() instanceof InGroup it) {
      if (KeycloakModelUtils.findGroupByPath(session, realm, it.path()) == null) {
        throw missing("group", it.path());
      }
      return inGroup(it.path());
    }
    if (target.users() instanceof WithRole it) {
      RoleModel role = role(it.role()).orElseThrow(() -> missing("role", it.role()));
      return user -> user.hasRole(role);
    }
    if (target.users() instanceof WithAttribute it) {
      return user -> user.getAttributeStream(it.name()).anyMatch(it.value()::equals);
    }
    if (target.users() instanceof Everyone) {
      return user -> true;
    }
    throw new IllegalStateException("unknown filter " + target.users());
  }

  /** In the group or below it, seen from the user: a large group is not read. */
  private static Predicate<UserModel> inGroup(String path) {
    return user ->
        user.getGroupsStream()
            .filter(each -> each.getType() == GroupModel.Type.REALM)
            .map(KeycloakModelUtils::buildGroupPath)
            .anyMatch(each -> each.equals(path) || each.startsWith(path + "/"));
  }

  /**
   * {@code name} is one of the realm, {@code client.name} one of a client, whose id may have dots,
   * too.
   */
  private Optional<RoleModel> role(String name) {
    var role = Optional.ofNullable(stores.roleStorageManager().getRealmRole(realm, name));
    for (int dot = name.indexOf('.'); role.isEmpty() && dot > 0; dot = name.indexOf('.', dot + 1)) {
      String ofClient = name.substring(dot + 1);
      role =
          Optional.ofNullable(
                  stores.clientStorageManager().getClientByClientId(realm, name.substring(0, dot)))
              .map(client -> stores.roleStorageManager().getClientRole(client, ofClient));
    }
    return role;
  }
}
