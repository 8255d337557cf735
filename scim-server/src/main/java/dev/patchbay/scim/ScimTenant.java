package dev.patchbay.scim;

import dev.patchbay.config.TokenHash;
import dev.patchbay.directory.Directory;
import dev.patchbay.directory.EntryType;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.schema.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is served below {@code /{name}/scim/v2}.
 *
 * @param tokens who may ask with a long-lived token
 * @param changesPasswords whether a password that is sent reaches the phone system
 */
public record ScimTenant(
    String name,
    Directory directory,
    Provisioner provisioner,
    ResourceType users,
    ResourceType groups,
    ResourceType roles,
    Map<TokenHash, Sender> tokens,
    boolean changesPasswords,
    BulkSettings bulk,
    Optional<JwtSettings> jwt) {

  public ScimTenant {
    tokens = Map.copyOf(tokens);
  }

  ResourceType type(EntryType type) {
    return switch (type) {
      case USER -> users;
      case GROUP -> groups;
      case ROLE -> roles;
    };
  }

  /** In the order they are declared; users first, since some clients read no further. */
  List<ResourceType> types() {
    return List.of(users, groups, roles);
  }
}
