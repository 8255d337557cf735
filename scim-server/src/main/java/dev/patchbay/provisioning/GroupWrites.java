package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, changes and deletions of groups, and of roles, which are written like groups without
 * members; and their recovery.
 */
final class GroupWrites {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWrites.class);

  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupRunner runner;
  private final GroupLinks links;
  private final UnclaimedChanges unclaimed;
  private final JointChanges waiting = new JointChanges();
  private final JointRunner joint;

  GroupWrites(Tenant tenant, NamedTarget target, GroupRunner runner, UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.links = new GroupLinks(tenant, target);
    this.unclaimed = unclaimed;
    this.joint = new JointRunner(tenant, target.type(), this::changeHeld);
  }

  /** A request: what it makes of a group's resource, and of its members. */
  record Change(
      String action,
      String source,
      String id,
      IfMatch ifMatch,
      Function<ObjectNode, Patched> request) {}

  Entry create(String source, ObjectNode asked, List<MemberChange> members) {
    var resource = target.chosen(asked);
    target.check(resource);
    var lock = "displayName " + Attribute.folded(resource.path("displayName").asText());
    return waiting(lock, () -> createHeld(source, resource, members), this::busy);
  }

  Entry change(Change change) {
    var changed = changed(change);
    bringAlong(change.id());
    return changed;
  }

  private Entry changed(Change change) {
    if (!JointChanges.takes(change)) {
      return waiting(change.id(), () -> changeHeld(change), () -> kept(change));
    }
    var place = waiting.enter(change);
    try {
      return held(change.id(), () -> joint.run(waiting.take(place), place))
          .or(() -> waiting.leave(place))
          .orElseThrow(() -> kept(change));
    } finally {
      waiting.left(place);
    }
  }

  void delete(String source, String id, IfMatch ifMatch) {
    var delete = new Change("delete", source, id, ifMatch, base -> new Patched(base, List.of()));
    var above = above(id);
    waiting(id, () -> deleteHeld(delete), () -> kept(delete));
    bringAlong(above);
  }

  private Set<String> above(String id) {
    return tenant.database().read(handle -> NestedGroups.above(handle, id));
  }

  /** The change is done: that the store fails now must not say otherwise. */
  private void bringAlong(String id) {
    try {
      bringAlong(above(id));
    } catch (StoreUnavailable e) {
      LOG.warn("members put off groups above={} reason={}", id, e.getMessage());
    }
  }

  /**
   * Brings groups, such as those that a group belongs to, up to date on the PBX, as far as it goes
   * in the time of one answer; the journal has what is left.
   */
  void bringAlong(Set<String> above) {
    var end = tenant.answerBy();
    for (String group : above) {
      if (tenant.now().isBefore(end)) {
        try {
          recover(group, tenant.policy().busyWait());
        } catch (Refusal | PbxException | StoreUnavailable e) {
          LOG.warn("members put off entry={} reason={}", group, e.getMessage());
        }
      }
    }
  }

  private interface Attempt {
    Optional<Entry> run();
  }

  private interface OnBusy {
    RuntimeException answer();
  }

  private Entry waiting(String lock, Attempt attempt, OnBusy busy) {
    return held(lock, attempt).orElseThrow(busy::answer);
  }

  /** Empty: somebody else had it all the time. */
  private Optional<Entry> held(String lock, Attempt attempt) {
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .until(
            left -> {
              try (var held = tenant.locks().take(lock, left)) {
                return attempt.run();
              } catch (EntryLocks.Busy taken) {
                return Optional.empty();
              }
            });
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
          request("create", source, entry, Optional.empty(), new Patched(resource, members));
      return Optional.of(drive(request, handle -> inserted(handle, entry)));
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
          request("create", source, entry, Optional.empty(), new Patched(resource, members));
      return drive(
          new Request(links.joined(request.run(), link), request.members(), request.rows()),
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
      throw busy();
    }
    if (tenant.resting(open)) {
      return Optional.empty();
    }
    try (var held = tenant.locks().take(entry.id(), Duration.ZERO)) {
      var known = entry.with(probed(entry));
      return Optional.of(
          drive(
              request("create", source, known, open, new Patched(resource, members)),
              handle -> false));
    }
  }

  private Optional<Entry> changeHeld(Change change) {
    var taken = read(change).stays(tenant).at(change.ifMatch(), change.source());
    if (tenant.resting(taken.open())) {
      return Optional.empty();
    }
    var entry = taken.entry();
    var patched = change.request().apply(entry.resource());
    target.checkChange(entry.resource(), patched.resource());
    var known = certain(change, entry);
    return Optional.of(
        drive(
            request(change.action(), change.source(), known, taken.open(), patched),
            handle -> false));
  }

  private Optional<Entry> deleteHeld(Change change) {
    var taken = read(change).at(change.ifMatch(), change.source());
    target.checkDelete(taken.entry());
    if (tenant.resting(taken.open())) {
      return Optional.empty();
    }
    var known = certain(change, taken.entry());
    var going = going(known);
    return Optional.of(
        runner.drive(
            new GroupRun(
                Run.Kind.REQUEST,
                change.action(),
                change.source(),
                known,
                taken.open(),
                Optional.empty(),
                going,
                ids(going)),
            handle -> false));
  }

  /** Who has to leave before a group goes: out of what stays, a queue for one. */
  private List<Membership> going(Entry entry) {
    return !MemberCalls.outlives(entry.applied().ref())
        ? List.of()
        : tenant.database().read(handle -> Memberships.all(handle, entry.id())).stream()
            .map(row -> row.wishing(false))
            .toList();
  }

  private static Set<String> ids(List<Membership> rows) {
    return rows.stream().map(Membership::userId).collect(Collectors.toSet());
  }

  /** A request and the rows it is about. */
  private record Request(GroupRun run, MemberWishes.Result members, MemberRows rows) {}

  private Request request(
      String action, String source, Entry entry, Optional<JournalEntry> open, Patched patched) {
    return tenant
        .database()
        .read(
            handle -> {
              var id = entry.id();
              var wishes = MemberWishes.of(handle, tenant.name(), id, patched.members());
              if (!wishes.parked().isEmpty()
                  && tenant.policy().unknownMember() == ProvisioningPolicy.UnknownMember.REJECT) {
                throw new Refusal(
                    Refusal.Kind.INVALID_VALUE,
                    "members: "
                        + Refusal.quoted(wishes.parked().iterator().next())
                        + " is unknown");
              }
              var rows = new LinkedHashMap<String, Membership>();
              var leftOpen = Memberships.open(handle, id);
              requireNotTakenAway(source, open, leftOpen, wishes.wishes());
              // Of what nobody was told is wanted, only what takes away is, and that is desired.
              leftOpen.forEach(row -> rows.put(row.userId(), row.wishing(row.desired())));
              var wished =
                  MemberRows.of(handle, tenant.name(), id, wishes.wishes(), wishes.groups());
              Companies.check(handle, patched.resource(), wished);
              wished.rows().forEach(row -> rows.put(row.userId(), row));
              var run =
                  new GroupRun(
                      Run.Kind.REQUEST,
                      action,
                      source,
                      entry,
                      open,
                      Optional.of(patched.resource()),
                      List.copyOf(rows.values()),
                      wished.asked());
              return new Request(run, wishes, wished);
            });
  }

  /** Whom another source is still taking out, this one does not take in again. */
  private static void requireNotTakenAway(
      String source,
      Optional<JournalEntry> open,
      List<Membership> leftOpen,
      Map<String, Boolean> wishes) {
    boolean anothers =
        open.filter(JournalEntry::offBoarding)
            .filter(work -> !work.source().equals(source))
            .isPresent();
    if (anothers
        && leftOpen.stream()
            .filter(row -> !row.desired() && !row.wish())
            .anyMatch(row -> wishes.getOrDefault(row.userId(), false))) {
      throw TryLater.unavailable(
          Duration.ofSeconds(5), "another source's removal of a member is under way");
    }
  }

  /** Rows an earlier wish left open, wishing what the directory or that wish says. */
  private static List<Membership> leftOver(
      Handle handle, String groupId, Optional<JournalEntry> open) {
    boolean back = open.filter(JournalEntry::goesBack).isPresent();
    return Memberships.open(handle, groupId).stream()
        .map(row -> back ? row.wishing(row.desired()) : row)
        .toList();
  }

  private Entry drive(Request request, GroupBeginning.WithCommit first) {
    var id = request.run().entry().id();
    var now = tenant.now();
    var expires = now.plus(tenant.policy().parkFor());
    return runner.drive(
        request.run(),
        handle -> {
          boolean shown = first.write(handle);
          request.members().noteLeft(handle, id);
          shown |= ParkedMembers.unpark(handle, id, request.members().unparked());
          shown |= ParkedMembers.park(handle, id, request.members().parked(), expires);
          shown |= nested(handle, id, request);
          return shown;
        });
  }

  /** Groups come as they were read: whoever joined or left one meanwhile would be forgotten. */
  private boolean nested(Handle handle, String id, Request request) {
    var members = request.members();
    if (!request.rows().groups().isEmpty()) {
      var now = MemberRows.of(handle, tenant.name(), id, members.wishes(), members.groups());
      if (!now.equals(request.rows())) {
        throw new EntryLocks.Busy();
      }
      for (var group : request.rows().groups().entrySet()) {
        if (group.getValue()) {
          MemberWishes.requireNoCircle(handle, group.getKey(), id);
        }
      }
    }
    return request.rows().saveBeside(handle, id);
  }

  /** Takes up open work whose time has come; nobody waits for an answer. */
  void recover(String id) {
    recover(id, Duration.ZERO);
  }

  /** As {@link #recover(String)}, when whoever is at it lets go in time. */
  void recover(String id, Duration wait) {
    var unused =
        Waiting.upTo(wait, tenant.clock())
            .until(
                left -> {
                  try (var held = tenant.locks().take(id, left)) {
                    return recoverHeld(id);
                  } catch (EntryLocks.Busy busy) {
                    return Optional.empty();
                  }
                });
  }

  /** Empty while another process is at it, which does what is to do. */
  private Optional<Boolean> recoverHeld(String id) {
    var claim = RecoveryClaim.take(tenant, id);
    if (claim.isEmpty()) {
      var open = tenant.database().read(handle -> Journal.find(handle, id));
      return tenant.leased(open) ? Optional.empty() : Optional.of(false);
    }
    try {
      recovered(claim.get());
    } catch (TryLater later) {
      claim.get().release(tenant); // the journal goes on
    } catch (RuntimeException e) {
      claim.get().release(tenant);
      throw e;
    }
    return Optional.of(true);
  }

  private void recovered(RecoveryClaim claim) {
    var entry = claim.entry();
    var open = claim.open();
    boolean back = open.goesBack();
    if (back && entry.life() == Life.CREATING && links.undone(entry, open)) {
      return;
    }
    boolean goes =
        open.wish().isEmpty()
            || entry.life() == Life.DELETED
            || entry.life() == Life.DELETING
            || (back && entry.life() == Life.CREATING);
    Applied applied;
    try {
      applied = entry.applied().certain() ? entry.applied() : probe(entry);
    } catch (PbxException.Unavailable e) {
      claim.postpone(tenant, e);
      return;
    }
    var wish = back ? entry.resource() : open.wish().orElse(entry.resource());
    var rows =
        goes
            ? going(entry.with(applied))
            : tenant.database().read(handle -> leftOver(handle, entry.id(), Optional.of(open)));
    runner.drive(
        new GroupRun(
            Run.Kind.RECOVERY,
            "recover",
            open.source(),
            entry.with(applied),
            Optional.of(open),
            goes ? Optional.empty() : Optional.of(wish),
            rows,
            ids(rows)),
        handle -> false);
  }

  /** The group with its doubts read; when that fails, what takes away is kept first. */
  private Entry certain(Change change, Entry entry) {
    try {
      return entry.with(probe(entry));
    } catch (PbxException.Unavailable e) {
      unclaimed.keep(target.type(), change);
      throw Answers.later(e);
    }
  }

  private Applied probed(Entry entry) {
    try {
      return probe(entry);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  private Applied probe(Entry entry) {
    var applied = entry.applied();
    if (applied.certain()) {
      return applied;
    }
    return applied
        .ref()
        .map(target::read)
        .orElseGet(() -> target.made(entry.resource()))
        .map(read -> read.oursOf(applied))
        .orElse(Applied.NOTHING);
  }

  private Taken read(Change change) {
    return tenant.database().read(handle -> read(handle, change));
  }

  private Taken read(Handle handle, Change change) {
    return Taken.visible(handle, tenant.name(), target.type(), change.id());
  }

  /** Nobody let us have the group in time. */
  private TryLater kept(Change change) {
    if (change.action().equals("delete")) {
      target.checkDelete(read(change).entry());
    }
    unclaimed.keep(target.type(), change);
    return busy();
  }

  private TryLater busy() {
    return TryLater.unavailable(Duration.ofSeconds(1), "another write to it is under way");
  }

  static List<MemberChange> replacing(JsonNode body, IdentityProvider idp) {
    return List.of(new MemberChange.ReplaceAll(MemberChange.membersOf(body, idp)));
  }
}
