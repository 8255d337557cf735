package dev.patchbay.scim;

import dev.patchbay.config.TokenHash;
import dev.patchbay.directory.Directory;
import dev.patchbay.directory.EntryType;
import dev.patchbay.mapping.ServedTypes;
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
 */
public record ScimTenant(
    String name,
    Directory directory,
    Provisioner provisioner,
    Map<TokenHash, Sender> tokens,
    BulkSettings bulk,
    Optional<JwtSettings> jwt) {

  public ScimTenant {
    tokens = Map.copyOf(tokens);
  }

  /** Whether a password that is sent to a user reaches the phone system. */
  boolean changesPasswords() {
    return provisioner.changesPasswords();
  }

  ServedTypes types() {
    return provisioner.types();
  }

  ResourceType type(EntryType type) {
    return switch (type) {
      case USER -> types().users();
      case GROUP -> types().groups();
      case ROLE -> types().roles();
    };
  }

  /** In the order they are declared; users first, since some clients read no further. */
  List<ResourceType> declared() {
    return List.of(types().users(), types().groups(), types().roles());
  }
}
