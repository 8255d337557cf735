package dev.patchbay.keycloak.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.messages.PatchRequest;
import java.util.Locale;
import java.util.Set;

/**
 * A user as the target shall have it, read in one transaction.
 *
 * @param resource the whole SCIM user, as POST sends it
 * @param own what of it comes from Keycloak
 * @param groups ids of the groups, among those that are sent, the user is directly in
 */
public record UserSnapshot(
    String id, ObjectNode resource, OwnPaths own, Set<String> groups, Source source) {
  /** Where Keycloak has the user from. */
  public enum Source {
    STORED,
    /** LDAP, say, which Keycloak writes to after its own transaction. */
    FEDERATED
  }

  public UserSnapshot {
    resource = resource.deepCopy();
    groups = Set.copyOf(groups);
  }

  @Override
  public ObjectNode resource() {
    return resource.deepCopy();
  }

  /** Brings an account that exists to this, and leaves alone what does not come from Keycloak. */
  public PatchRequest changes() {
    return own.changes(resource);
  }

  public String userName() {
    return resource.path("userName").asText();
  }

  /** In lower case; empty if there is none. */
  public String email() {
    return resource.path("emails").path(0).path("value").asText().toLowerCase(Locale.ROOT);
  }

  public boolean active() {
    return resource.path("active").asBoolean();
  }

  /** Equal for users that would be sent alike. */
  public String hash() {
    return Hash.of(resource.toString());
  }
}
