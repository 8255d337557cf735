package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.mapping.GroupKind;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Groups that say which company of the PBX their members are of. That is settled with a user's
 * create: later it can only be right already.
 */
final class Companies {
  private Companies() {}

  /** The company that the group says; empty for a group of another kind. */
  static Optional<String> of(ObjectNode group) {
    var about = group.path(ResourceTypes.PBX_GROUP);
    return about.path("kind").asText().equals(GroupKind.COMPANY)
        ? Optional.of(about.path("target").asText())
        : Optional.empty();
  }

  /** Refuses members that would have to change their company, and groups of others. */
  static void check(Handle handle, ObjectNode group, MemberRows wished) {
    var company = of(group);
    if (company.isEmpty()) {
      return;
    }
    if (wished.groups().containsValue(true)) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE, "members: a group of kind company has no groups in it");
    }
    for (Membership row : wished.rows()) {
      EntryStore.find(handle, row.userId())
          .filter(user -> user.life() == Life.LIVE)
          .filter(user -> isOf(user, company.get()) != row.wish())
          .ifPresent(user -> refuse(user, company.get()));
    }
  }

  private static void refuse(Entry user, String company) {
    throw new Refusal(
        Refusal.Kind.MUTABILITY,
        "members: whether %s is of company %s is fixed on the pbx once the user exists"
            .formatted(
                Refusal.quoted(user.resource().path("userName").asText()),
                Refusal.quoted(company)));
  }

  /** What the PBX is known to have; else what it was asked for. */
  private static boolean isOf(Entry user, String company) {
    return Optional.ofNullable(user.applied().fields().get(PbxField.COMPANY))
        .or(() -> new ScimUser(user.resource()).text(ScimUser.ENTERPRISE, "organization"))
        .equals(Optional.of(company));
  }

  /** Whether a user that the group waits for can be its member. */
  static boolean takes(Handle handle, String groupId, Entry user) {
    return EntryStore.find(handle, groupId)
        .flatMap(group -> of(group.resource()))
        .map(company -> isOf(user, company))
        .orElse(true);
  }
}
