package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.config.Vault;
import dev.patchbay.keycloak.snapshot.Hash;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.vault.VaultStringSecret;

/** Reads a target's component. */
public final class TargetLoader {
  private TargetLoader() {}

  /**
   * The target's settings; none if it was removed or is switched off. Read past Keycloak's cache,
   * where others see what an administrator would like to save before it is checked, and until it is
   * refused: a token would go to a host that it must not go to.
   *
   * @throws dev.patchbay.keycloak.config.SettingException when they cannot be used
   */
  static Optional<TargetConfig> load(KeycloakSession session, String realmId, String id) {
    RealmModel realm = session.realms().getRealm(realmId);
    RealmModel stored = session.getProvider(RealmProvider.class).getRealm(realmId);
    ComponentModel component = realm == null || stored == null ? null : stored.getComponent(id);
    if (component == null || !new UserStorageProviderModel(component).isEnabled()) {
      return Optional.empty();
    }
    session.getContext().setRealm(realm); // the vault looks below the realm's name
    return Optional.of(TargetConfig.of(component, vault(session)));
  }

  /** Keycloak's own; what is no reference is its own value. */
  public static Vault vault(KeycloakSession session) {
    return value -> {
      try (VaultStringSecret secret = session.vault().getStringSecret(value)) {
        return secret.get().orElse("");
      }
    };
  }

  /** Tells whether settings changed that decide what is sent; secrets are left out. */
  static String fingerprint(TargetConfig config) {
    var what =
        new Object[] {
          config.scimUrl(),
          config.users(),
          new TreeSet<>(config.groups().paths()),
          config.groupNaming(),
          new TreeMap<>(config.roles()),
          config.attributes(),
          new TreeSet<>(config.ms365Aliases()),
          config.onRemoval(),
          config.unknownAccounts()
        };
    return Hash.of(Arrays.deepToString(what));
  }
}
