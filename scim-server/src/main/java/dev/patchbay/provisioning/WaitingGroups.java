package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.mapping.Granted;
import dev.patchbay.mapping.GroupKind;
import dev.patchbay.mapping.ScimUser;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What groups say of a new user that they wait for, where that is settled once, by its create. What
 * else they give follows when the user is a member.
 */
final class WaitingGroups {
  private final Tenant tenant;

  WaitingGroups(Tenant tenant) {
    this.tenant = tenant;
  }

  /** The pool of the templates that the user will have, if one of them names one. */
  Optional<String> pool(Handle handle, ObjectNode user) {
    var templates = tenant.mapping().templates();
    return templates.namePools() ? templates.pool(templates(handle, user)) : Optional.empty();
  }

  /** The user with the company that a group says, unless it brings its own. */
  ObjectNode withCompany(ObjectNode user) {
    if (!GroupKind.companies(tenant.adapter().capabilities())
        || new ScimUser(user).text(ScimUser.ENTERPRISE, "organization").isPresent()) {
      return user;
    }
    var companies =
        tenant
            .database()
            .read(
                handle ->
                    groups(handle, user).stream()
                        .flatMap(group -> Companies.of(group.resource()).stream())
                        .sorted()
                        .toList());
    if (companies.isEmpty()) {
      return user;
    }
    var changed = user.deepCopy();
    changed.withObjectProperty(ScimUser.ENTERPRISE).put("organization", companies.getFirst());
    return changed;
  }

  private List<String> templates(Handle handle, ObjectNode user) {
    return groups(handle, user).stream()
        .flatMap(group -> group.applied().ref().stream())
        .filter(ref -> Granted.of(ref).equals(Optional.of(Granted.TEMPLATE)))
        .map(Granted.TEMPLATE::target)
        .toList();
  }

  private List<Entry> groups(Handle handle, ObjectNode user) {
    var externalId = user.path("externalId").asText();
    return externalId.isEmpty()
        ? List.of()
        : ParkedMembers.waitingFor(handle, tenant.name(), List.of(externalId)).stream()
            .flatMap(id -> EntryStore.find(handle, id).stream())
            .toList();
  }
}
