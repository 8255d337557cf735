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
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, changes and deletions of groups, and of roles, which are written like groups without
 * members; and their recovery.
 */
final class GroupWrites implements UserRunner.UserMemberships {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWrites.class);

  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupRunner runner;
  private final JointChanges joint = new JointChanges();

  GroupWrites(Tenant tenant, NamedTarget target, GroupRunner runner) {
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
  }

  /** A request: what it makes of a group's resource, and of its members. */
  record Change(
      String action,
      String source,
      String id,
      IfMatch ifMatch,
      Function<ObjectNode, Patched> request) {}

  Entry create(String source, ObjectNode resource, List<MemberChange> members) {
    target.check(resource);
    var lock = "displayName " + Attribute.folded(resource.path("displayName").asText());
    return waiting(lock, () -> createHeld(source, resource, members), this::busy);
  }

  Entry change(Change change) {
    if (!JointChanges.takes(change)) {
      return waiting(change.id(), () -> changeHeld(change), () -> keepWhatTakesAway(change));
    }
    var place = joint.enter(change);
    try {
      return held(change.id(), () -> changeJointly(place))
          .or(() -> joint.leave(place))
          .orElseThrow(() -> keepWhatTakesAway(change));
    } finally {
      joint.left(place);
    }
  }

  private Optional<Entry> changeJointly(JointChanges.Place place) {
    var taken = joint.take(place);
    if (taken.size() > 1) {
      runJointly(taken);
    } else {
      taken.forEach(JointChanges.Place::alone);
    }
    return place.answer().or(() -> changeHeld(place.change()));
  }

  /** One plan for all; who cannot be told its own success by what became of its rows goes alone. */
  private void runJointly(List<JointChanges.Place> places) {
    Consumer<JointChanges.Place> others = JointChanges.Place::alone;
    try {
      changeHeld(JointChanges.merged(places))
          .filter(after -> Report.synced(target.type(), after.resource()))
          .ifPresent(after -> places.forEach(each -> each.done(after)));
    } catch (TryLater later) {
      others = each -> each.later(later);
    } catch (JointChanges.NotJoint | Refusal | EntryLocks.Busy each) {
      // Of one of them, or of all: each hears its own.
    } finally {
      tell(places, others);
    }
  }

  /** Nobody is left waiting, whatever keeps us from looking. */
  private void tell(List<JointChanges.Place> places, Consumer<JointChanges.Place> others) {
    try {
      places.stream()
          .filter(each -> !each.told())
          .forEach(each -> landed(each.change()).ifPresent(each::done));
    } finally {
      places.forEach(others);
    }
  }

  /** The group, if it and its rows are as this change wants them. */
  private Optional<Entry> landed(Change change) {
    try {
      return tenant.database().read(handle -> landed(handle, change));
    } catch (Refusal no) {
      return Optional.empty(); // it hears that when it goes alone
    }
  }

  private Optional<Entry> landed(Handle handle, Change change) {
    var entry = read(handle, change).entry();
    var patched = change.request().apply(entry.resource());
    var asked = MemberWishes.of(handle, tenant.name(), entry.id(), patched.members(), tenant.now());
    var parked = ParkedMembers.of(handle, entry.id(), tenant.now());
    var rows = Memberships.of(handle, entry.id(), asked.wishes().keySet());
    boolean there =
        asked.wishes().entrySet().stream()
            .allMatch(
                wish -> landed(Optional.ofNullable(rows.get(wish.getKey())), wish.getValue()));
    return there
            && patched.resource().equals(entry.resource())
            && parked.containsAll(asked.parked())
            && !anyOf(parked, asked.unparked())
        ? Optional.of(entry)
        : Optional.empty();
  }

  private static boolean anyOf(List<String> all, Set<String> some) {
    return all.stream().anyMatch(some::contains);
  }

  /** Whoever comes in is wanted from now on; whoever goes must be gone from the PBX. */
  private static boolean landed(Optional<Membership> row, boolean wanted) {
    return wanted
        ? row.filter(it -> it.desired() && it.wish()).isPresent()
        : row.filter(it -> it.desired() || !it.holdsWish() || it.wish()).isEmpty();
  }

  void delete(String source, String id, IfMatch ifMatch) {
    var delete = new Change("delete", source, id, ifMatch, base -> new Patched(base, List.of()));
    waiting(id, () -> deleteHeld(delete), () -> keepWhatTakesAway(delete));
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
    checkAbsent(resource);
    var id = UUID.randomUUID().toString();
    var entry = Entry.creating(id, tenant.name(), target.type(), source, tenant.now(), resource);
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

  private void checkAbsent(ObjectNode resource) {
    try {
      target.checkAbsent(resource);
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
    if (tenant.resting(taken.open())) {
      return Optional.empty();
    }
    target.checkDelete(taken.entry());
    var known = certain(change, taken.entry());
    return Optional.of(
        runner.drive(
            new GroupRun(
                Run.Kind.REQUEST,
                change.action(),
                change.source(),
                known,
                taken.open(),
                Optional.empty(),
                List.of(),
                Set.of()),
            handle -> false));
  }

  /** A request and the rows it is about. */
  private record Request(GroupRun run, MemberWishes.Result members) {}

  private Request request(
      String action, String source, Entry entry, Optional<JournalEntry> open, Patched patched) {
    return tenant
        .database()
        .read(
            handle -> {
              var id = entry.id();
              var wishes =
                  MemberWishes.of(handle, tenant.name(), id, patched.members(), tenant.now());
              if (!wishes.parked().isEmpty()
                  && tenant.policy().unknownMember() == ProvisioningPolicy.UnknownMember.REJECT) {
                throw new Refusal(
                    Refusal.Kind.INVALID_VALUE,
                    "members: "
                        + Refusal.quoted(wishes.parked().iterator().next())
                        + " is unknown");
              }
              var rows = new LinkedHashMap<String, Membership>();
              // Of what nobody was told is wanted, only what takes away is, and that is desired.
              Memberships.open(handle, id)
                  .forEach(row -> rows.put(row.userId(), row.wishing(row.desired())));
              MemberWishes.rows(handle, tenant.name(), id, wishes.wishes())
                  .forEach(row -> rows.put(row.userId(), row));
              var asked = new HashSet<>(rows.keySet());
              asked.retainAll(wishes.wishes().keySet());
              var run =
                  new GroupRun(
                      Run.Kind.REQUEST,
                      action,
                      source,
                      entry,
                      open,
                      Optional.of(patched.resource()),
                      List.copyOf(rows.values()),
                      asked);
              return new Request(run, wishes);
            });
  }

  /** Rows an earlier wish left open, wishing what the directory or that wish says. */
  private static List<Membership> leftOver(
      Handle handle, String groupId, Optional<JournalEntry> open) {
    boolean back = open.map(work -> work.direction() == Direction.BACK).orElse(false);
    return Memberships.open(handle, groupId).stream()
        .map(row -> back ? row.wishing(row.desired()) : row)
        .toList();
  }

  private Entry drive(Request request, GroupRunner.WithCommit first) {
    var id = request.run().entry().id();
    var now = tenant.now();
    var expires = now.plus(tenant.policy().parkFor());
    return runner.drive(
        request.run(),
        handle -> {
          boolean shown = first.write(handle);
          shown |= ParkedMembers.unpark(handle, id, request.members().unparked());
          shown |= ParkedMembers.park(handle, id, request.members().parked(), now, expires);
          return shown;
        });
  }

  /** Takes up open work whose time has come; nobody waits for an answer. */
  void recover(String id) {
    recover(id, Duration.ZERO);
  }

  private void recover(String id, Duration wait) {
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
    boolean back = open.direction() == Direction.BACK;
    boolean goes =
        open.wish().isEmpty()
            || entry.life() == Life.DELETED
            || entry.life() == Life.DELETING
            || (back && entry.life() == Life.CREATING);
    Applied applied;
    try {
      applied = entry.applied().certain() ? entry.applied() : probe(entry);
    } catch (PbxException.Unavailable e) {
      claim.postpone(tenant, e.getMessage());
      return;
    }
    var wish = back ? entry.resource() : open.wish().orElse(entry.resource());
    var rows = tenant.database().read(handle -> leftOver(handle, entry.id(), Optional.of(open)));
    var asked = rows.stream().map(Membership::userId).collect(Collectors.toSet());
    runner.drive(
        new GroupRun(
            Run.Kind.RECOVERY,
            "recover",
            open.source(),
            entry.with(applied),
            Optional.of(open),
            goes ? Optional.empty() : Optional.of(wish),
            goes ? List.of() : rows,
            asked),
        handle -> false);
  }

  @Override
  public void flagOff(Handle handle, String userId, String source) {
    for (Membership row : Memberships.ofUser(handle, userId)) {
      Memberships.save(handle, List.of(row.wishing(false).desiring(false)));
      changedBehind(handle, row.groupId(), source, row.applied() || row.maybe());
    }
  }

  @Override
  public void lost(Handle handle, String userId, String source) {
    for (Membership row : Memberships.ofUser(handle, userId)) {
      Memberships.save(handle, List.of(row.doubtful()));
      changedBehind(handle, row.groupId(), source, true);
    }
  }

  /** As far as it goes in the time of one answer; the journal has what is left. */
  @Override
  public void rejoin(String userId) {
    var end = tenant.now().plus(tenant.policy().answerWithin());
    for (String group : groupsOf(userId)) {
      if (tenant.now().isBefore(end)) {
        rejoined(group);
      }
    }
  }

  private void rejoined(String group) {
    try {
      recover(group, tenant.policy().busyWait());
    } catch (Refusal | PbxException | StoreUnavailable e) {
      LOG.warn("members put off entry={} reason={}", group, e.getMessage());
    }
  }

  /** Takes a user that goes out of its groups on the PBX; empty once it is in none. */
  Optional<PlanOutcome> takeOut(Run begun) {
    var userId = begun.entry().id();
    rejoin(userId);
    if (groupsOf(userId).isEmpty()) {
      return Optional.empty();
    }
    var cause =
        new PbxException.Unavailable(
            PbxException.Cause.UNREACHABLE,
            Duration.ofSeconds(5),
            "the user could not be taken out of all its groups yet");
    return Optional.of(new PlanOutcome.Deferred(begun.entry().applied(), List.of(), cause));
  }

  private Set<String> groupsOf(String userId) {
    return tenant.database().read(handle -> Memberships.ofUser(handle, userId)).stream()
        .map(Membership::groupId)
        .collect(Collectors.toSet());
  }

  /** By the user's id or externalId. */
  @Override
  public void arrived(Handle handle, Entry user) {
    var names = new ArrayList<String>();
    names.add(user.id());
    var externalId = user.resource().path("externalId");
    if (externalId.isTextual()) {
      names.add(externalId.asText());
    }
    for (String group : ParkedMembers.waitingFor(handle, tenant.name(), names, tenant.now())) {
      join(handle, group, user, names);
    }
  }

  private void join(Handle handle, String groupId, Entry user, List<String> names) {
    ParkedMembers.unpark(handle, groupId, names);
    var wishes = MemberWishes.rows(handle, tenant.name(), groupId, Map.of(user.id(), true));
    Memberships.save(handle, wishes.stream().map(row -> row.desiring(true)).toList());
    changedBehind(handle, groupId, user.source(), !wishes.isEmpty());
  }

  /**
   * A row changed outside the group's claim: a new version, and work for whoever claims it next.
   * Whoever is at it now begins again from there.
   */
  private void changedBehind(Handle handle, String groupId, String source, boolean work) {
    EntryStore.touch(handle, groupId, tenant.now());
    var group = EntryStore.find(handle, groupId);
    var known = Journal.find(handle, groupId);
    if (group.isEmpty() || (!work && known.isEmpty())) {
      return;
    }
    var entry = group.get();
    var run =
        new GroupRun(
            Run.Kind.REQUEST,
            "recover",
            source,
            entry,
            Optional.empty(),
            Optional.of(entry.resource()),
            List.of(),
            Set.of());
    var open = known.orElseGet(() -> runner.opened(run).resting(0, tenant.now(), BESIDE));
    Journal.save(handle, open.disturbed(tenant.now()));
    EntryStore.update(handle, GroupRunner.pending(entry, tenant.now()));
  }

  /** The group with its doubts read; when that fails, what takes away is kept first. */
  private Entry certain(Change change, Entry entry) {
    try {
      return entry.with(probe(entry));
    } catch (PbxException.Unavailable e) {
      keepWhatTakesAway(change);
      throw Answers.later(e);
    }
  }

  private static final Optional<String> BESIDE = Optional.of("its members changed");

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
        .orElse(Applied.NOTHING);
  }

  /** Nobody let us have the group in time: what goes is taken off in the open work. */
  private RuntimeException keepWhatTakesAway(Change change) {
    tenant
        .database()
        .run(
            handle -> {
              var entry = read(handle, change).at(change.ifMatch(), change.source()).entry();
              if (change.action().equals("delete")) {
                keepDelete(handle, change, entry);
              } else if (entry.life() == Life.LIVE) {
                keepRemovals(handle, change, change.request().apply(entry.resource()));
              }
            });
    return busy();
  }

  private void keepDelete(Handle handle, Change change, Entry entry) {
    EntryStore.update(handle, entry.with(Life.DELETING));
    changedBehind(handle, change.id(), change.source(), true);
  }

  private void keepRemovals(Handle handle, Change change, Patched patched) {
    var wishes =
        MemberWishes.of(handle, tenant.name(), change.id(), patched.members(), tenant.now())
            .wishes();
    var off =
        MemberWishes.rows(handle, tenant.name(), change.id(), wishes).stream()
            .filter(row -> !row.wish())
            .map(row -> row.desiring(false))
            .toList();
    if (!off.isEmpty()) {
      Memberships.save(handle, off);
      changedBehind(handle, change.id(), change.source(), true);
    }
  }

  private Taken read(Change change) {
    return tenant.database().read(handle -> read(handle, change));
  }

  private Taken read(Handle handle, Change change) {
    return Taken.visible(handle, tenant.name(), target.type(), change.id());
  }

  private TryLater busy() {
    return TryLater.unavailable(Duration.ofSeconds(1), "another write to it is under way");
  }

  static List<MemberChange> replacing(JsonNode body, IdentityProvider idp) {
    return List.of(new MemberChange.ReplaceAll(MemberChange.membersOf(body, idp)));
  }
}
