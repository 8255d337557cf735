package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Targets.Component;
import dev.patchbay.keycloak.snapshot.Hash;
import dev.patchbay.keycloak.snapshot.RealmCache;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Has Keycloak read a realm again whose targets were changed in the database. Nodes that are no
 * cluster do not tell each other, and would capture and send by settings that hold no more.
 */
final class SettingsCache {
  private final Transactions transactions;

  /** Hashes, since settings hold tokens. */
  private Map<Component, String> known = Map.of();

  SettingsCache(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The targets that came, went or changed since the last time. */
  Set<Component> refresh() {
    Map<Component, String> now = transactions.get(SettingsCache::hashes);
    var changed = new HashSet<Component>();
    now.forEach((component, hash) -> ifOther(component, hash, known, changed));
    known.forEach((component, hash) -> ifOther(component, hash, now, changed));
    if (!changed.isEmpty()) {
      transactions.run(session -> forget(session, changed));
    }
    known = now;
    return changed;
  }

  private static Map<Component, String> hashes(KeycloakSession session) {
    var hashes = new HashMap<Component, String>();
    new Targets(session)
        .settings(TargetConfig.PROVIDER_ID)
        .forEach((component, settings) -> hashes.put(component, Hash.of(settings)));
    return hashes;
  }

  private static void ifOther(
      Component component, String hash, Map<Component, String> others, Set<Component> changed) {
    if (!hash.equals(others.get(component))) {
      changed.add(component);
    }
  }

  private static void forget(KeycloakSession session, Set<Component> changed) {
    changed.forEach(each -> new RealmCache(session).forgetRealm(each.realmId()));
  }
}
