package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What of a wish takes something away: the account, the Microsoft 365 binding, rights. That part is
 * never lost, whatever becomes of the rest.
 */
public record Offboarding(AttributeMapping attributes, RoleMapping roles) {

  /** {@code base} with only the part of {@code wish} that takes away. */
  public ObjectNode part(ObjectNode base, ObjectNode wish, KnownRoles known) {
    ObjectNode part = base.deepCopy();
    if (new ScimUser(base).active() && !new ScimUser(wish).active()) {
      part.put("active", false);
    }
    if (roles.lowers(base, wish, known)) {
      ScimPath.copy(List.of("roles"), wish, part);
      ScimPath.copy(Grants.PATH, wish, part);
    }
    unbind(base, wish, part);
    return part;
  }

  public boolean takesAway(ObjectNode base, ObjectNode wish, KnownRoles known) {
    return !part(base, wish, known).equals(base);
  }

  private void unbind(ObjectNode base, ObjectNode wish, ObjectNode part) {
    Optional<String> bound = microsoftId(base);
    // A change from one Microsoft user to another is a change like any other: if the new one is
    // refused, the old one is bound again.
    if (bound.isEmpty() || microsoftId(wish).isPresent()) {
      return;
    }
    switch (attributes.settings().ms365Source()) {
      case ATTRIBUTE -> FlatMicrosoftId.remove(part);
      case EXTERNAL_ID, USER_NAME -> ScimPath.copy(attributes.microsoftPath(), wish, part);
    }
  }

  /** A wish may still have to be refused for its id; it takes the old one away all the same. */
  private Optional<String> microsoftId(ObjectNode user) {
    try {
      return attributes.microsoftId(user);
    } catch (Refusal malformed) {
      return Optional.empty();
    }
  }
}
