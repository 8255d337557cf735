package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups.Way;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.mapping.Grants;
import dev.patchbay.mapping.ScimPath;
import dev.patchbay.schema.Refusal;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes back, for an operator, what open work has not done yet: the directory says again what it
 * said before, and the PBX is driven there. Nothing is dropped: what was sent is looked at, what a
 * create made is removed, and the work closes when the PBX provably holds what the directory says.
 */
final class Cancellation {
  /** How often it begins anew because something moved while it was worked out. */
  private static final int TRIES = 20;

  private final Tenant tenant;
  private final UserTarget users;
  private final GroupTarget groups;
  private final RoleTarget roles;
  private final UserMemberships memberships;
  private final UnclaimedChanges unclaimed;

  Cancellation(
      Tenant tenant,
      UserTarget users,
      GroupTarget groups,
      RoleTarget roles,
      UserMemberships memberships,
      UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.memberships = memberships;
    this.unclaimed = unclaimed;
  }

  /**
   * @throws Refusal {@code NOT_FOUND} when nothing is open on the entry, {@code CONFLICT} when
   *     there is nothing in it that can be taken back
   */
  void cancel(String id, String operator) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var read = tenant.database().read(handle -> read(handle, id));
      var back = back(read);
      if (tenant.database().write(handle -> write(handle, read, back, operator))) {
        return;
      }
    }
    throw conflict("it is being worked on at this moment");
  }

  private record Read(Entry entry, JournalEntry open, Optional<BeforeWork> before) {}

  private Read read(Handle handle, String id) {
    return Taken.find(handle, id)
        .filter(taken -> taken.entry().tenant().equals(tenant.name()))
        .flatMap(
            taken ->
                taken
                    .open()
                    .map(open -> new Read(taken.entry(), open, BeforeWork.find(handle, id))))
        .orElseThrow(
            () -> new Refusal(Refusal.Kind.NOT_FOUND, "nothing is open on " + Refusal.quoted(id)));
  }

  /** The entry as it is from now on. */
  private Entry back(Read read) {
    var entry = read.entry();
    return switch (entry.life()) {
      case CREATING, REVIVING -> entry;
      case DELETING -> moved(entry, stays(read)).with(Life.LIVE);
      case LIVE -> neverThere(entry) ? gone(entry) : moved(entry, undone(read));
      case DELETED, RETAINED ->
          throw conflict("its deletion was confirmed; let the identity provider create it again");
    };
  }

  /** An accepted create of which the PBX has no whole user: taking it back is deleting it. */
  private static boolean neverThere(Entry entry) {
    var applied = entry.applied();
    boolean half = entry.type() == EntryType.USER && applied.isHalf();
    return entry.type() != EntryType.ROLE
        && (applied.ref().isEmpty() || half)
        && neverSynced(entry);
  }

  private static boolean neverSynced(Entry entry) {
    return !Report.everSynced(entry.type(), entry.resource());
  }

  private Entry gone(Entry entry) {
    var inactive = entry.resource().deepCopy();
    if (entry.type() == EntryType.USER) {
      inactive.put("active", false);
    }
    return entry.accepted(inactive, tenant.now()).with(Life.DELETING);
  }

  private Entry moved(Entry entry, ObjectNode resource) {
    return Report.same(entry.type(), entry.resource(), resource)
        ? entry
        : entry.accepted(resource, tenant.now());
  }

  private ObjectNode stays(Read read) {
    var resource = undone(read);
    var active = read.before().map(it -> it.resource().path("active"));
    return active
        .filter(it -> it.isBoolean())
        .map(it -> (ObjectNode) resource.deepCopy().set("active", it))
        .orElse(resource);
  }

  /** What is not done is as before; what is done stays. */
  private ObjectNode undone(Read read) {
    var resource = read.entry().resource();
    var applied = read.entry().applied();
    var type = read.entry().type();
    boolean created = neverSynced(read.entry());
    return read.before()
        .map(BeforeWork::resource)
        .or(() -> Optional.of(bare(resource)).filter(it -> type == EntryType.USER && created))
        .map(before -> undone(type, before, resource, applied))
        .map(before -> withGrants(before, resource))
        .orElse(resource);
  }

  /** What groups give belongs to their member rows, and is taken back there. */
  private static ObjectNode withGrants(ObjectNode before, ObjectNode now) {
    var kept = before.deepCopy();
    ScimPath.copy(Grants.PATH, now, kept);
    return kept;
  }

  /** A new user without what the PBX did not take. */
  private static ObjectNode bare(ObjectNode resource) {
    return resource.deepCopy().retain("schemas", "userName", "active");
  }

  private ObjectNode undone(
      EntryType type, ObjectNode before, ObjectNode resource, Applied applied) {
    return switch (type) {
      case USER -> users.putBack(before, resource, users.unheld(resource, applied));
      case GROUP -> held(groups, resource, applied) ? resource : before;
      case ROLE -> held(roles, resource, applied) ? resource : before;
    };
  }

  private static boolean held(NamedTarget target, ObjectNode resource, Applied applied) {
    return applied.certain() && target.plan(applied, Optional.of(resource)).isEmpty();
  }

  /** False: something moved since it was read. */
  private boolean write(Handle handle, Read read, Entry undone, String operator) {
    var id = read.entry().id();
    var back = read.entry().life() == Life.DELETING ? held(handle, undone) : undone;
    var now = Taken.find(handle, id);
    if (now.isEmpty() || !unmoved(read, now.get())) {
      return false;
    }
    boolean rows = read.entry().life() == Life.LIVE && rowsBack(handle, id, operator);
    requireSomething(read, back, rows);
    var entry = rows && back.version() == read.entry().version() ? again(back) : back;
    EntryStore.update(handle, pending(entry, operator));
    if (read.entry().life() == Life.LIVE && entry.life() == Life.DELETING) {
      // Who takes that back, too, is to have what the create asked for.
      BeforeWork.note(handle, id, read.entry().resource());
    }
    Journal.save(handle, work(now.get().open().orElseThrow(), entry, operator));
    if (read.entry().life() == Life.DELETING) {
      unclaimed.goes(handle, id, operator); // it does not: whom it brings in comes back
    }
    OpenWork.letGo(handle, tenant.name(), id);
    read.before()
        .filter(it -> read.entry().life() == Life.DELETING)
        .ifPresent(it -> memberships.stays(handle, entry, it.memberOf(), operator));
    ProvisioningLog.add(handle, line(entry, operator));
    return true;
  }

  /** Without what groups gave that the user is known to have left while it was going. */
  private static Entry held(Handle handle, Entry entry) {
    var in =
        Memberships.ofUser(handle, entry.id()).stream()
            .filter(row -> row.applied() || row.maybe())
            .map(Membership::groupId)
            .collect(Collectors.toSet());
    return Grants.of(entry.resource()).stream().allMatch(grant -> in.contains(grant.group()))
        ? entry
        : entry.with(Grants.without(entry.resource(), group -> !in.contains(group)));
  }

  private static boolean unmoved(Read read, Taken now) {
    return now.entry().version() == read.entry().version()
        && now.entry().epoch() == read.entry().epoch()
        && now.entry().life() == read.entry().life()
        && now.open().map(JournalEntry::wishSeq).equals(Optional.of(read.open().wishSeq()));
  }

  /** Rows are again what the PBX was last known to hold. */
  private boolean rowsBack(Handle handle, String groupId, String operator) {
    var open =
        Memberships.open(handle, groupId).stream()
            .filter(row -> row.way() == Way.DIRECT) // who is in by a group is taken back there
            .toList();
    var there =
        KnownUsers.byId(handle, tenant.name(), open.stream().map(Membership::userId).toList())
            .keySet();
    var back =
        open.stream()
            .map(row -> row.desiring(row.applied() && there.contains(row.userId())))
            .map(row -> row.wishing(row.desired()))
            .toList();
    Memberships.save(handle, back);
    unclaimed.follow(handle, groupId, back, operator);
    return !back.equals(open);
  }

  /** Work without a wish of somebody's only brings the PBX to what the directory says. */
  private static void requireSomething(Read read, Entry back, boolean rows) {
    var open = read.open();
    boolean unanswered =
        !open.goesBack()
            && open.wish()
                .filter(it -> !Report.same(back.type(), it, read.entry().resource()))
                .isPresent();
    boolean secrets = !(open.secrets() instanceof SecretSlot.Empty);
    boolean moves = back.version() != read.entry().version() || back.life() != read.entry().life();
    boolean creating = back.life().creating() && !open.goesBack();
    if (!moves && !rows && !unanswered && !secrets && !creating) {
      throw conflict("there is nothing to take back: the pbx is brought to what reads show");
    }
  }

  private Entry again(Entry entry) {
    return entry.accepted(entry.resource(), tenant.now());
  }

  private Entry pending(Entry entry, String operator) {
    if (entry.life().creating()) {
      return entry;
    }
    var why = Optional.of(why(operator));
    return entry.with(
        Report.of(entry.type(), entry.resource(), Report.State.PENDING, why, tenant.now()));
  }

  private JournalEntry work(JournalEntry open, Entry entry, String operator) {
    return switch (entry.life()) {
      case CREATING, REVIVING -> open.cancelled(Optional.empty(), why(operator), tenant.now());
      case LIVE ->
          open.cancelled(Optional.of(entry.resource()), why(operator), tenant.now())
              .accepted(entry.version());
      case DELETING, DELETED, RETAINED -> open.wishing(Optional.empty(), operator, tenant.now());
    };
  }

  private static String why(String operator) {
    return "taken back by operator " + operator;
  }

  private ProvisioningLog.Line line(Entry entry, String operator) {
    var resource = entry.resource();
    return new ProvisioningLog.Line(
        tenant.now(),
        tenant.name(),
        entry.id(),
        entry.type().scimName(),
        resource.path("userName").asText(resource.path("displayName").asText()),
        operator,
        "cancel",
        "pending",
        "",
        null);
  }

  private static Refusal conflict(String detail) {
    return new Refusal(Refusal.Kind.CONFLICT, detail);
  }
}
