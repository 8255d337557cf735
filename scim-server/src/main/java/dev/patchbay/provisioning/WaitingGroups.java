package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.ParkedMembers;
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
    return templates.namePools()
        ? templates.pool(targets(handle, user, Granted.TEMPLATE))
        : Optional.empty();
  }

  private List<String> targets(Handle handle, ObjectNode user, Granted kind) {
    var externalId = user.path("externalId").asText();
    return externalId.isEmpty()
        ? List.of()
        : ParkedMembers.waitingFor(handle, tenant.name(), List.of(externalId), tenant.now())
            .stream()
            .flatMap(id -> EntryStore.find(handle, id).stream())
            .flatMap(group -> group.applied().ref().stream())
            .filter(ref -> Granted.of(ref).equals(Optional.of(kind)))
            .map(kind::target)
            .toList();
  }
}
