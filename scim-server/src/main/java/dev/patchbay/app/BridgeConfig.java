package dev.patchbay.app;

import dev.patchbay.config.ConfigFile;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.StoreAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the bridge is told; docs/reference/configuration.md has every key.
 *
 * @param tenants at least one, in the order of the file
 * @param secretKey with which passwords may wait in the store
 * @param keepLog how long lines of the provisioning log are kept
 * @param operators names of those who may use the operators' API, by token
 */
record BridgeConfig(
    Listen listen,
    StoreAddress store,
    Optional<Secret> secretKey,
    Duration keepLog,
    List<TenantConfig> tenants,
    Map<TokenHash, String> operators) {
  BridgeConfig {
    operators = Map.copyOf(operators);
    tenants = List.copyOf(tenants);
  }

  /**
   * Reads the whole file.
   *
   * @throws dev.patchbay.config.ConfigException with every problem it has
   */
  static BridgeConfig read(ConfigFile file) {
    return file.read(BridgeConfig::from);
  }

  private static BridgeConfig from(Section root) {
    Map<String, Section> sections = root.sections("tenants");
    if (sections.isEmpty()) {
      root.reject("tenants", "expected at least one tenant");
    }
    var owners = new TokenOwners();
    var tenants = new ArrayList<TenantConfig>();
    sections.forEach(
        (name, section) ->
            section
                .read(tenant -> TenantConfig.from(name, tenant, owners))
                .flatMap(tenant -> tenant)
                .ifPresent(tenants::add));
    if (tenants.stream().anyMatch(it -> !it.targets().isEmpty())
        && !root.section("store").has("secret-key")) {
      root.section("store")
          .reject("secret-key", "is missing: with targets, passwords wait for one that is down");
    }
    return new BridgeConfig(
        Listen.from(root.section("listen")),
        StoreSettings.from(root.section("store")),
        StoreSettings.secretKey(root.section("store")),
        StoreSettings.keepLog(root.section("store")),
        tenants,
        OperatorSettings.from(root, owners));
  }
}
