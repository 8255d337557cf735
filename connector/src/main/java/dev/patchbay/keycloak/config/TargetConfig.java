package dev.patchbay.keycloak.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.component.ComponentModel;

/**
 * A SCIM server that the users, groups and roles of a realm are sent to.
 *
 * @param id of the component
 * @param name the administrator's name for it
 * @param roles role in Keycloak ({@code name} or {@code client.name}) to the value that is sent
 */
public record TargetConfig(
    String id,
    String name,
    URI scimUrl,
    Authentication authentication,
    UserFilter users,
    GroupFilter groups,
    GroupNaming groupNaming,
    Map<String, String> roles,
    List<AttributeMapping> attributes,
    Set<String> ms365Aliases,
    RemovalPolicy onRemoval,
    UnknownAccounts unknownAccounts,
    Limits limits) {

  /** What a target's component is told apart by. */
  public static final String PROVIDER_ID = "patchbay";

  public TargetConfig {
    roles = Map.copyOf(roles);
    attributes = List.copyOf(attributes);
    ms365Aliases = Set.copyOf(ms365Aliases);
  }

  /**
   * How fast, how often, how much.
   *
   * @param brakePercent share of the users that one reconciliation may take away
   * @param reconcileEvery zero is never
   */
  public record Limits(
      int brakePercent,
      Duration reconcileEvery,
      int batchSize,
      int parallel,
      int requestsPerSecond,
      Duration requestTimeout,
      int maxAttempts) {}

  /**
   * Reads a component.
   *
   * @throws SettingException when a setting is missing or cannot be what it is
   */
  public static TargetConfig of(ComponentModel component, Vault vault) {
    return new TargetReader(component, vault).read();
  }

  /** Whether somebody may leave those who are sent because of a group or a role. */
  public boolean chosenByGroupOrRole() {
    return users instanceof UserFilter.InGroup || users instanceof UserFilter.WithRole;
  }

  /** Whether anybody's roles or groups decide what is sent of a user. */
  public boolean dependsOnRoles() {
    return !roles.isEmpty() || users instanceof UserFilter.WithRole;
  }
}
