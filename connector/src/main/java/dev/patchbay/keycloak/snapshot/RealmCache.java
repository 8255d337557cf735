package dev.patchbay.keycloak.snapshot;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CacheRealmProvider;

/**
 * What Keycloak keeps in memory of a realm, its roles and groups. Nodes of a cluster tell each
 * other what changed; those that do not find each other would go on with what was before, and give
 * members of a group a role that it lost at another node. So what is to be read anew is forgotten
 * here first, within one transaction, and is read from the database from then on.
 */
public record RealmCache(KeycloakSession session) {
  /** The realm's settings. */
  public void forgetRealm(String realmId) {
    cache().ifPresent(cache -> forgetRealm(cache, realmId));
  }

  private static void forgetRealm(CacheRealmProvider cache, String realmId) {
    RealmModel realm = cache.getRealm(realmId);
    if (realm != null) {
      cache.registerRealmInvalidation(realm.getId(), realm.getName());
    }
  }

  /** Name, place and roles of these groups. */
  public void forgetGroups(Collection<String> ids) {
    cache().ifPresent(cache -> ids.forEach(cache::registerGroupInvalidation));
  }

  /** The realm with all its groups, and with what its roles consist of. */
  public void forgetAll(String realmId) {
    cache()
        .ifPresent(
            cache -> {
              forgetRealm(cache, realmId);
              forgetRoles(cache, realmId);
              ids("select g.id from GroupEntity g where g.realm = :realm", realmId)
                  .forEach(cache::registerGroupInvalidation);
            });
  }

  private void forgetRoles(CacheRealmProvider cache, String realmId) {
    entities()
        .createQuery(
            "select r.id, r.name, coalesce(r.clientId, r.realmId) from RoleEntity r"
                + " where r.realmId = :realm",
            Object[].class)
        .setParameter("realm", realmId)
        .getResultList()
        .forEach(
            each ->
                cache.registerRoleInvalidation(
                    each[0].toString(), each[1].toString(), each[2].toString()));
  }

  private Collection<String> ids(String query, String realmId) {
    return entities()
        .createQuery(query, String.class)
        .setParameter("realm", realmId)
        .getResultList();
  }

  private EntityManager entities() {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }

  /** None where Keycloak is told to keep none. */
  private Optional<CacheRealmProvider> cache() {
    return Optional.ofNullable(session.getProvider(CacheRealmProvider.class));
  }
}
