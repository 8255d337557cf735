package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Adoptions;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** As {@link UserLinks}, of groups and who is in them. */
final class GroupLinks {
  private final Tenant tenant;
  private final NamedTarget target;

  GroupLinks(Tenant tenant, NamedTarget target) {
    this.tenant = tenant;
    this.target = target;
  }

  /**
   * A confirmed group, as the PBX has it now.
   *
   * @param members extensions
   */
  record Link(Adoption adoption, Found<PbxGroup> found, Set<String> members) {
    Applied applied() {
      return Applied.adopted(found.ref(), found.value().fields());
    }
  }

  /** The group that a create takes. */
  Optional<Link> of(ObjectNode resource) {
    if (target.type() != EntryType.GROUP || !target.makes(resource)) {
      return Optional.empty();
    }
    var name = resource.path("displayName").asText();
    try {
      return tenant
          .database()
          .read(handle -> Adoptions.group(handle, tenant.name(), name))
          .flatMap(this::read);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  private Optional<Link> read(Adoption adoption) {
    return tenant
        .adapter()
        .group(adoption.ref())
        .filter(found -> found.value().name().equals(adoption.name()))
        .map(found -> new Link(adoption, found, tenant.adapter().members(found.ref())));
  }

  /** The run with what is known of the members: who is in already, and who of ours is too many. */
  GroupRun joined(GroupRun run, Link link) {
    var others = new HashSet<>(link.members());
    var rows = new ArrayList<Membership>();
    for (Membership row : run.rows()) {
      rows.add(others.remove(row.pbxKey()) ? row.known(true) : row);
    }
    var wanted = rows.stream().map(Membership::userId).collect(Collectors.toSet());
    tenant
        .database()
        .read(handle -> tooMany(handle, run.entry().id(), List.copyOf(others)))
        .stream()
        .filter(row -> !wanted.contains(row.userId())) // who is being renamed has two names
        .forEach(rows::add);
    return run.with(rows);
  }

  private List<Membership> tooMany(Handle handle, String group, List<String> extensions) {
    return extensions.stream()
        .flatMap(
            extension ->
                Counterparts.user(handle, tenant.name(), extension)
                    .map(id -> new Membership(group, id, extension, false, false, true, false))
                    .stream())
        .toList();
  }

  void take(Handle handle, Link link, String entryId) {
    Adoptions.link(handle, tenant.name(), link.adoption(), entryId);
  }

  /** As {@link UserLinks#undone}. */
  boolean undone(Entry entry, JournalEntry open) {
    return tenant
        .database()
        .write(
            handle -> {
              var taken = Adoptions.takenBy(handle, entry);
              taken.ifPresent(it -> undo(handle, entry, open));
              return taken.isPresent();
            });
  }

  private void undo(Handle handle, Entry entry, JournalEntry open) {
    tenant.requireUnchanged(handle, entry.id(), Optional.of(open));
    for (Reservation own : tenant.reservations().of(handle, entry.id())) {
      tenant.reservations().release(handle, own, entry.id(), tenant.now());
    }
    Adoptions.free(handle, entry);
    EntryStore.delete(handle, entry.id());
  }
}
