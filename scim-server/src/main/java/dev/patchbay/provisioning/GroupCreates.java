package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Creates of groups and roles: new ones, those that are on the PBX already, and unanswered ones
 * that are taken up by their repeat.
 */
final class GroupCreates {
  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupRequests requests;
  private final GroupLinks links;

  GroupCreates(Tenant tenant, NamedTarget target, GroupRunner runner) {
    this.tenant = tenant;
    this.target = target;
    this.requests = new GroupRequests(tenant, runner);
    this.links = new GroupLinks(tenant, target);
  }

  Entry create(String source, ObjectNode asked, List<MemberChange> members) {
    var resource = target.chosen(asked);
    target.check(resource);
    var lock = "displayName " + Attribute.folded(resource.path("displayName").asText());
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .holding(tenant.locks(), lock, () -> createHeld(source, resource, members))
        .orElseThrow(TryLater::underWay);
  }

  private Optional<Entry> createHeld(
      String source, ObjectNode resource, List<MemberChange> members) {
    var holder =
        tenant
            .database()
            .read(handle -> tenant.reservations().holder(handle, target.name(resource)));
    if (holder.isPresent() && holder.get() instanceof Holder.Taken taken) {
      return tenant
          .database()
          .read(handle -> Taken.find(handle, taken.entryId()))
          .flatMap(it -> join(source, it, resource, members));
    }
    var link = links.of(resource);
    if (link.isPresent()) {
      return Optional.of(linked(source, resource, members, link.get()));
    }
    var attached = attached(resource);
    var id = UUID.randomUUID().toString();
    var made = Entry.creating(id, tenant.name(), target.type(), source, tenant.now(), resource);
    var entry = attached.map(made::with).orElse(made);
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      var request =
          requests.of(
              Action.CREATE, source, entry, Optional.empty(), new Patched(resource, members));
      return Optional.of(requests.drive(request, handle -> inserted(handle, entry)));
    }
  }

  /** The same create at another process may have been faster: then it is to be joined. */
  private boolean inserted(Handle handle, Entry entry) {
    var holder = tenant.reservations().holder(handle, target.name(entry.resource()));
    if (holder.filter(Holder.Taken.class::isInstance).isPresent()) {
      throw new EntryLocks.Busy();
    }
    EntryStore.insert(handle, entry);
    return false; // nobody sees it yet
  }

  /** The PBX has the group already: it is taken, and brought to what is wanted. */
  private Entry linked(
      String source, ObjectNode resource, List<MemberChange> members, GroupLinks.Link link) {
    var id = UUID.randomUUID().toString();
    var entry =
        Entry.creating(id, tenant.name(), target.type(), source, tenant.now(), resource)
            .with(link.applied());
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      var request =
          requests.of(
              Action.CREATE, source, entry, Optional.empty(), new Patched(resource, members));
      return requests.drive(
          new GroupRequests.Request(
              links.joined(request.run(), link), request.members(), request.rows()),
          handle -> {
            links.take(handle, link, id);
            return inserted(handle, entry);
          });
    }
  }

  /** What it stands for on the PBX; else nothing of that name may be there. */
  private Optional<Applied> attached(ObjectNode resource) {
    try {
      target.checkAbsent(resource);
      return target.attached(resource);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  private Optional<Entry> join(
      String source, Taken taken, ObjectNode resource, List<MemberChange> members) {
    var entry = taken.entry();
    var open = taken.open();
    if (entry.life() == Life.LIVE) {
      throw new Refusal(
          Refusal.Kind.UNIQUENESS,
          "displayName " + Refusal.quoted(resource.path("displayName").asText()) + " is taken");
    }
    boolean ours =
        entry.life() == Life.CREATING
            && entry.source().equals(source)
            && open.map(work -> work.source().equals(source)).orElse(true);
    if (!ours) {
      throw TryLater.underWay();
    }
    if (tenant.resting(open)) {
      return Optional.empty();
    }
    try (var held = tenant.locks().take(entry.id(), Duration.ZERO)) {
      var known = entry.with(target.certain(entry));
      return Optional.of(
          requests.drive(
              requests.of(Action.CREATE, source, known, open, new Patched(resource, members)),
              handle -> false));
    }
  }
}
