package dev.patchbay.keycloak.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

/**
 * Reads what an administrator's request may have changed. Only the path is trusted: the resource
 * type lies for a partial import, and the body is what was asked for. It is looked into for nothing
 * but the id of a group whose path names its parent, and for whether somebody seems to leave, who
 * then goes first.
 */
public final class AdminChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AdminChanges() {}

  /** Never fails: a path it cannot read has changed nobody, which reconciliation makes good. */
  public static Set<Change> of(AdminEvent event) {
    String path = event.getResourcePath();
    if (path == null || event.getError() != null) {
      return Set.of(); // UPDATE REALM has no path
    }
    var parts = List.of(path.split("/", -1));
    return parts.size() > 2 && parts.get(0).equals("scim")
        ? scim(parts.subList(2, parts.size()))
        : of(event, parts);
  }

  private static Set<Change> of(AdminEvent event, List<String> parts) {
    return switch (parts.get(0)) {
      case "users" -> one(parts).map(id -> user(event, parts, id)).orElse(Set.of());
      case "groups" -> group(event, parts);
      case "roles", "roles-by-id" -> role(event, parts);
      case "realms" -> Set.of(Change.roles()); // how a partial import names a role
      case "clients" -> client(event, parts);
      case "organizations" -> organization(event, parts);
      case "identity-provider" -> deletion(event); // its links go silently
      case "user-storage" -> Set.of(Change.everyone()); // LDAP was imported, or unlinked
      case "components" -> deletion(event); // a federation goes with its users
      default -> Set.of();
    };
  }

  private static Set<Change> user(AdminEvent event, List<String> parts, String id) {
    boolean noState =
        event.getOperationType() == OperationType.ACTION
            && parts.size() > 2; // logout, reset-password
    if (noState) {
      return Set.of();
    }
    boolean leaves =
        parts.size() == 2
            && (event.getOperationType() == OperationType.DELETE
                || body(event).filter(each -> !each.path("enabled").asBoolean(true)).isPresent());
    return Set.of(leaves ? Change.leaver(id) : Change.user(id));
  }

  private static Set<Change> group(AdminEvent event, List<String> parts) {
    boolean inBody = parts.size() == 1 || (parts.size() > 2 && parts.get(2).equals("children"));
    if (inBody) {
      return idInBody(event).map(AdminChanges::moved).orElse(Set.of(Change.everyone()));
    }
    String id = parts.get(1);
    if (parts.size() > 2 && parts.get(2).equals("role-mappings")) {
      return Set.of(Change.members(id));
    }
    return event.getOperationType() == OperationType.DELETE
        ? Set.of(Change.group(id), Change.roles())
        : Set.of(Change.group(id));
  }

  /** With another parent a group has other effective roles. */
  private static Set<Change> moved(String id) {
    return Set.of(Change.group(id), Change.members(id));
  }

  /** Nobody has a new role yet. */
  private static Set<Change> role(AdminEvent event, List<String> parts) {
    boolean isNew = event.getOperationType() == OperationType.CREATE && parts.size() < 3;
    return isNew ? Set.of() : Set.of(Change.roles());
  }

  private static Set<Change> client(AdminEvent event, List<String> parts) {
    if (parts.size() > 2 && parts.get(2).equals("roles")) {
      return role(event, parts.subList(2, parts.size()));
    }
    return event.getOperationType() == OperationType.DELETE ? Set.of(Change.roles()) : Set.of();
  }

  /** One that is disabled disables its people; its members have events of their own. */
  private static Set<Change> organization(AdminEvent event, List<String> parts) {
    return parts.size() == 2 && event.getOperationType() != OperationType.CREATE
        ? Set.of(Change.everyone())
        : Set.of();
  }

  private static Set<Change> deletion(AdminEvent event) {
    return event.getOperationType() == OperationType.DELETE ? Set.of(Change.everyone()) : Set.of();
  }

  /** Keycloak's own SCIM API: {@code scim/v2/Users/{id}}. */
  private static Set<Change> scim(List<String> parts) {
    return switch (parts.get(0)) {
      case "Users" -> one(parts).map(id -> Set.of(Change.user(id))).orElse(Set.of());
      case "Groups" -> one(parts).map(id -> Set.of(Change.group(id))).orElse(Set.of());
      default -> Set.of();
    };
  }

  private static Optional<String> one(List<String> parts) {
    return parts.size() > 1 ? Optional.of(parts.get(1)) : Optional.empty();
  }

  private static Optional<String> idInBody(AdminEvent event) {
    return body(event)
        .map(each -> each.path("id"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  private static Optional<JsonNode> body(AdminEvent event) {
    try {
      return event.getRepresentation() == null
          ? Optional.empty()
          : Optional.of(JSON.readTree(event.getRepresentation()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
