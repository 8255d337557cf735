package dev.patchbay.provisioning;

import static java.util.stream.Collectors.toSet;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Plans, makes durable, runs and settles one taken write on a group and its member rows, or on a
 * role.
 */
final class GroupRunner {
  private final Tenant tenant;
  private final NamedTarget target;
  private final PlanRunner runner;
  private final MemberCalls members;
  private final GroupSettlement settlement;
  private final OutcomeLog log;
  private final AfterTakeover takeover;
  private final UnclaimedChanges unclaimed;

  GroupRunner(Tenant tenant, NamedTarget target, UnclaimedChanges unclaimed, MemberCalls members) {
    this.tenant = tenant;
    this.unclaimed = unclaimed;
    this.target = target;
    this.runner = new PlanRunner(tenant, (call, applied) -> false);
    this.members = members;
    this.settlement =
        new GroupSettlement(target, tenant.policy(), tenant.adapter().capabilities().quietTime());
    this.log = new OutcomeLog(tenant);
    this.takeover = new AfterTakeover(tenant);
  }

  /** How far a group's plan came: its own call, then its members'. */
  record Outcome(PlanOutcome group, List<MemberOutcome> members) {
    /** The calls that took, in words for the log. */
    List<String> calls() {
      long done = members.stream().filter(MemberOutcome.Done.class::isInstance).count();
      var names = new ArrayList<>(group.done().stream().map(PbxCall::name).toList());
      if (done > 0) {
        names.add(done + " members");
      }
      return names;
    }
  }

  /** What changes in commit 1 besides the run's own rows. */
  interface WithCommit {
    /** Whether reads show something else from now on. */
    boolean write(Handle handle);
  }

  Entry drive(GroupRun asked, WithCommit also) {
    var plan = plan(asked);
    var run = makesAgain(asked, plan) ? withEveryRow(asked) : asked;
    boolean onPbx = target.onPbx(run.wish().orElse(run.entry().resource()));
    boolean nothing = plan.isEmpty() && run.removals().isEmpty() && run.additions().isEmpty();
    if (nothing && run.open().isEmpty() && unchanged(run)) {
      return tenant.database().write(handle -> besideOnly(handle, run.entry(), also));
    }
    var begun = begin(run, plan, also);
    return tenant
        .failures()
        .turningBack(begun.open().orElseThrow(), begun.kind(), () -> continued(begun, plan, onPbx));
  }

  private Entry continued(GroupRun begun, ProvisioningPlan plan, boolean onPbx) {
    var started = tenant.now();
    var outcome = onPbx ? send(begun, plan, started) : settledHere(begun);
    return settle(begun, outcome, started);
  }

  private Entry besideOnly(Handle handle, Entry entry, WithCommit also) {
    if (!also.write(handle)) {
      return entry;
    }
    if (!EntryStore.claim(handle, entry)) {
      throw new EntryLocks.Busy();
    }
    var moved = entry.accepted(entry.resource(), tenant.now()).claimed();
    EntryStore.update(handle, moved);
    return moved;
  }

  /** Whether the plan makes a group anew that was on the PBX before, with members. */
  private static boolean makesAgain(GroupRun run, ProvisioningPlan plan) {
    return !run.creating() && plan.calls().stream().anyMatch(PbxCall.CreateGroup.class::isInstance);
  }

  private GroupRun withEveryRow(GroupRun run) {
    var rows = new LinkedHashMap<String, Membership>();
    tenant
        .database()
        .read(handle -> Memberships.desired(handle, run.entry().id()))
        .forEach(row -> rows.put(row.userId(), row.known(false)));
    run.rows().forEach(row -> rows.put(row.userId(), row.known(false)));
    return run.with(List.copyOf(rows.values()));
  }

  private boolean unchanged(GroupRun run) {
    return run.rows().stream().allMatch(Membership::synced)
        && run.wish().map(run.entry().resource()::equals).orElse(false)
        && run.entry().life() == Life.LIVE;
  }

  private ProvisioningPlan plan(GroupRun run) {
    return staysAway(run)
        ? ProvisioningPlan.NOTHING
        : target.plan(run.entry().applied(), run.wish());
  }

  /** Whether the PBX lost it, and it is not made again. */
  private boolean staysAway(GroupRun run) {
    var entry = run.entry();
    return !recreates(entry)
        && entry.life() == Life.LIVE
        && entry.applied().existence() == Applied.Existence.ABSENT
        && target.onPbx(entry.resource());
  }

  /** What stands on the PBX by itself is nobody's to make. */
  private boolean recreates(Entry entry) {
    return tenant.policy().recreateOrphans() && target.makes(entry.resource());
  }

  private Outcome send(GroupRun begun, ProvisioningPlan plan, Instant started) {
    var checkpoint =
        new Claim(tenant, begun.entry(), begun.open().orElseThrow(), begun.kind(), started);
    if (staysAway(begun)) {
      return new Outcome(new PlanOutcome.Gone(Applied.NOTHING, List.of(), LOST), List.of());
    }
    var group = runner.run(begun.entry().applied(), plan.calls(), checkpoint);
    boolean done = group instanceof PlanOutcome.Completed;
    boolean refused = group instanceof PlanOutcome.Rejected;
    boolean sendsMembers = !begun.deleting() || MemberCalls.outlives(group.applied().ref());
    if (!sendsMembers || !(done || refused) || group.applied().ref().isEmpty()) {
      return new Outcome(group, List.of());
    }
    boolean made = group.done().stream().anyMatch(call -> !call.repeatable());
    if (made && !begun.rows().isEmpty() && !checkpoint.created(group.applied())) {
      return new Outcome(new PlanOutcome.Overtaken(group.applied(), group.done()), List.of());
    }
    PbxRef ref = group.applied().ref().get();
    // A refused name must not keep a member in.
    var additions = done ? begun.additions() : List.<Membership>of();
    var sent = members.send(begun, ref, additions, checkpoint);
    return members.lost(ref, sent)
        ? new Outcome(new PlanOutcome.Gone(group.applied(), group.done(), LOST), List.of())
        : new Outcome(group, sent);
  }

  /** Stands for the member call that found the group gone. */
  private static final PbxCall LOST = new PbxCall.DeleteGroup(new PbxRef("(gone)"));

  /** The PBX lost the group: everything in it is planned again from nothing. */
  private Entry recreate(GroupRun begun) {
    return drive(begun.with(begun.entry().with(Applied.NOTHING)), handle -> false);
  }

  /** A group the PBX has no part in: its members are as wished by being stored. */
  private static Outcome settledHere(GroupRun begun) {
    var done = new ArrayList<MemberOutcome>();
    begun.rows().forEach(row -> done.add(new MemberOutcome.Done(row.known(row.wish()))));
    return new Outcome(new PlanOutcome.Completed(begun.entry().applied(), List.of()), done);
  }

  /** Commit 1. */
  private GroupRun begin(GroupRun run, ProvisioningPlan plan, WithCommit also) {
    var open = opened(run);
    var entry = run.entry();
    var doubts = UserRunner.doubting(entry.applied(), plan);
    return tenant
        .database()
        .write(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              boolean beside = also.write(handle);
              if (!EntryStore.claim(handle, entry.with(doubts))) {
                throw new EntryLocks.Busy();
              }
              take(handle, run);
              var rows = stillThere(handle, run.rows()).stream().map(run::kept).toList();
              boolean shown = beside || desired(rows) != desired(run.rows());
              var kept = kept(run, shown);
              EntryStore.update(handle, pending(kept.with(doubts).claimed(), tenant.now()));
              Memberships.save(handle, rows.stream().map(GroupRunner::inDoubt).toList());
              Journal.save(handle, open);
              follow(handle, run, rows);
              return run.with(kept.claimed()).with(open).with(rows);
            });
  }

  /** The groups that this one belongs to lose whom it loses, and everybody when it goes. */
  private void follow(Handle handle, GroupRun run, List<Membership> rows) {
    var id = run.entry().id();
    if (run.deleting()) {
      unclaimed.goes(handle, id, run.source());
    } else {
      unclaimed.follow(handle, id, rows, run.source());
    }
  }

  private static long desired(List<Membership> rows) {
    return rows.stream().filter(Membership::desired).count();
  }

  /** As reads show it from commit 1 on: what goes is gone, whatever the PBX says. */
  private Entry kept(GroupRun run, boolean shown) {
    var entry = run.entry();
    if (entry.life() != Life.LIVE) {
      return entry;
    }
    if (run.deleting()) {
      return entry.with(Life.DELETING);
    }
    return shown ? entry.accepted(entry.resource(), tenant.now()) : entry;
  }

  /** As it is shown while the PBX may hold something else. */
  static Entry pending(Entry entry, Instant now) {
    return entry.with(
        Report.of(entry.type(), entry.resource(), Report.State.PENDING, Optional.empty(), now));
  }

  /**
   * A row of a user that is being deleted is never set on. One whom the PBX lost, and who is not
   * made again, counts as being in: he comes in when he comes back.
   */
  private List<Membership> stillThere(Handle handle, List<Membership> rows) {
    var added = rows.stream().filter(Membership::wish).map(Membership::userId).toList();
    var users = KnownUsers.among(handle, tenant.name(), added);
    var lost = lost(handle, added);
    return rows.stream()
        .map(row -> lost.contains(row.userId()) ? row.known(true) : row)
        .map(
            row ->
                row.wish() && !users.contains(row.userId())
                    ? row.wishing(false).desiring(false)
                    : row)
        .toList();
  }

  /** Those of the users whom the PBX lost and nobody makes again. */
  static Set<String> lost(Handle handle, Collection<String> users) {
    var absent = new HashSet<>(Counterparts.absent(handle, users));
    absent.removeAll(Journal.openAmong(handle, absent));
    return absent;
  }

  /** What will be sent is in doubt. */
  private static Membership inDoubt(Membership row) {
    return row.holdsWish() ? row : row.doubtful();
  }

  private void take(Handle handle, GroupRun run) {
    run.wish().stream()
        .flatMap(wish -> target.names(wish, run.entry().applied()).stream())
        .forEach(
            name ->
                Allocation.check(
                    tenant.reservations().take(handle, name, run.entry().id(), tenant.now()),
                    name));
  }

  private JournalEntry opened(GroupRun run) {
    return opened(tenant, run);
  }

  /** The open work of a run that begins. */
  static JournalEntry opened(Tenant tenant, GroupRun run) {
    var open = run.open();
    var lease = tenant.lease();
    boolean recovery = run.kind() == Run.Kind.RECOVERY;
    return new JournalEntry(
        run.entry().id(),
        tenant.name(),
        run.wish(),
        open.map(JournalEntry::wishSeq).orElse(0L) + (recovery ? 0 : 1),
        recovery ? open.orElseThrow().direction() : Direction.FORWARD,
        recovery ? open.orElseThrow().baseVersion() : run.entry().version(),
        open.filter(JournalEntry::offBoarding).map(JournalEntry::source).orElse(run.source()),
        run.takesAway() || open.map(JournalEntry::offBoarding).orElse(false),
        open.map(JournalEntry::blocked).orElse(Set.of()),
        open.flatMap(JournalEntry::reason),
        open.flatMap(JournalEntry::givenUpAt),
        open.map(JournalEntry::attempts).orElse(0),
        lease.until(),
        Optional.of(lease),
        open.map(JournalEntry::openedAt).orElse(tenant.now()),
        new SecretSlot.Empty());
  }

  private Entry settle(GroupRun begun, Outcome outcome, Instant started) {
    if (outcome.group() instanceof PlanOutcome.Gone
        && !begun.deleting()
        && recreates(begun.entry())) {
      return recreate(begun);
    }
    var settled = settlement.settle(begun, outcome, tenant.now());
    var took = Duration.between(started, tenant.now());
    var line = log.line(begun.action(), begun.source(), settled.settled(), outcome.calls(), took);
    var end = write(begun, settled, outcome, line);
    if (target.type() == EntryType.GROUP) {
      tenant.targets().wake(Followee.group(begun.entry().id()));
    }
    return switch (end) {
      case End.Ours ours -> answered(settled.settled());
      case End.Beside(RuntimeException answer) -> throw answer;
      case End.TakenOver taken when begun.kind() == Run.Kind.RECOVERY ->
          throw UserRunner.overtaken();
      case End.TakenOver taken ->
          takeover.answer(begun.entry().id(), started, handle -> fate(handle, begun));
    };
  }

  private static Entry answered(Settled settled) {
    if (settled.answer().isPresent()) {
      throw settled.answer().get();
    }
    return settled.entry();
  }

  /** How commit 2 went. */
  private sealed interface End {
    /** As the run was settled. */
    record Ours() implements End {}

    /** Something changed beside us. */
    record Beside(RuntimeException answer) implements End {}

    /** Another process took the group over. */
    record TakenOver() implements End {}
  }

  private End write(
      GroupRun begun,
      GroupSettlement.GroupSettled settled,
      Outcome outcome,
      ProvisioningLog.Line line) {
    return tenant
        .database()
        .write(
            handle -> {
              var current = Taken.find(handle, begun.entry().id());
              if (current.filter(now -> now.entry().epoch() == begun.entry().epoch()).isEmpty()) {
                current.ifPresent(now -> doubtOnly(handle, begun, now, outcome));
                return new End.TakenOver();
              }
              var open = current.flatMap(Taken::open).orElseThrow();
              if (newer(open, begun)) {
                recordOnly(handle, begun, current.get().entry(), open, outcome);
                return new End.Beside(besides(handle, begun));
              }
              ProvisioningLog.add(handle, line);
              commit(handle, begun.entry(), settled);
              unclaimed.follow(handle, begun.entry().id(), settled.rows(), begun.source());
              return new End.Ours();
            });
  }

  /** Whether something else was written into the open work while this one ran. */
  private static boolean newer(JournalEntry open, GroupRun begun) {
    return open.wishSeq() != begun.open().orElseThrow().wishSeq();
  }

  /**
   * What came in beside us lets the request begin again from what is there now; unless it put out
   * whom the request puts in, which would undo that.
   */
  private static RuntimeException besides(Handle handle, GroupRun begun) {
    var added =
        begun.rows().stream().filter(Membership::wish).map(Membership::userId).collect(toSet());
    added.retainAll(begun.asked());
    var now = Memberships.of(handle, begun.entry().id(), added).values();
    boolean stands = now.stream().filter(Membership::wish).count() == added.size();
    return stands ? new EntryLocks.Busy() : UserRunner.overtaken();
  }

  private void commit(Handle handle, Entry before, GroupSettlement.GroupSettled settled) {
    var entry = settled.settled().entry();
    if (settled.settled().forget()) {
      releaseAll(handle, entry.id());
      unclaimed.gone(handle, entry.id(), entry.source());
      EntryStore.delete(handle, entry.id());
      return;
    }
    EntryStore.update(handle, entry);
    Memberships.save(handle, settled.rows());
    if (settled.settled().open().isPresent()) {
      Journal.save(handle, settled.settled().open().get());
      if (before.life() == Life.LIVE
          && !Report.same(entry.type(), entry.resource(), before.resource())) {
        BeforeWork.note(handle, entry.id(), before.resource());
      }
    } else {
      Journal.close(handle, entry.id());
      var names = target.names(entry.resource(), entry.applied());
      tenant.reservations().settle(handle, entry.id(), names, tenant.now());
    }
  }

  private AfterTakeover.Fate fate(Handle handle, GroupRun begun) {
    var now = Taken.find(handle, begun.entry().id());
    boolean stored = now.map(it -> holds(handle, it.entry(), begun)).orElse(begun.deleting());
    return stored
        ? new AfterTakeover.Fate.Stored(now.map(Taken::entry).orElse(begun.entry()))
        : AfterTakeover.unsaid(now, begun.wish());
  }

  private static boolean holds(Handle handle, Entry group, GroupRun begun) {
    if (begun.deleting()) {
      return group.life() == Life.DELETED;
    }
    var members = Memberships.of(handle, group.id(), begun.asked());
    return group.life() == Life.LIVE
        && Report.same(group.type(), group.resource(), begun.wish().orElseThrow())
        && begun.rows().stream()
            .filter(row -> begun.asked().contains(row.userId()))
            .allMatch(row -> row.wish() == isIn(members, row.userId()));
  }

  private static boolean isIn(Map<String, Membership> members, String user) {
    return Optional.ofNullable(members.get(user)).filter(Membership::desired).isPresent();
  }

  /**
   * Another process took the group over: what we sent is in doubt, and nothing else is ours. The
   * epoch moves, so that it does not take for certain what it did meanwhile.
   */
  private void doubtOnly(Handle handle, GroupRun begun, Taken taken, Outcome outcome) {
    var calls = new ArrayList<>(outcome.group().done());
    if (outcome.group() instanceof PlanOutcome.Unanswered lost) {
      calls.add(lost.at());
    }
    var rows = sent(handle, begun, outcome);
    if (calls.isEmpty() && rows.isEmpty()) {
      return;
    }
    var current = taken.entry();
    var doubted = current.with(PlannedCall.doubt(current.applied(), calls));
    EntryStore.claim(handle, doubted);
    EntryStore.update(handle, pending(doubted.claimed(), tenant.now()));
    Memberships.save(handle, rows.stream().map(Membership::doubtful).toList());
    var work = taken.open().orElseGet(() -> reopened(begun, current));
    Journal.save(handle, tenant.overtaken(work, unanswered(outcome)));
  }

  private JournalEntry reopened(GroupRun begun, Entry current) {
    var run =
        new GroupRun(
            begun.kind(),
            begun.action(),
            begun.source(),
            current,
            begun.open(),
            Optional.of(current.resource()),
            List.of(),
            Set.of());
    return opened(run)
        .resting(0, tenant.now(), Optional.of("an earlier process ended its work late"));
  }

  /** The rows of member calls that may act, as they are now; who is no member any more has none. */
  private List<Membership> sent(Handle handle, GroupRun begun, Outcome outcome) {
    var ours = new LinkedHashMap<String, Membership>();
    outcome.members().stream()
        .filter(it -> it instanceof MemberOutcome.Done || it instanceof MemberOutcome.Unanswered)
        .map(MemberOutcome::row)
        .forEach(row -> ours.put(row.userId(), row.wishing(false).desiring(false)));
    var sent = new ArrayList<>(Memberships.of(handle, begun.entry().id(), ours.keySet()).values());
    sent.forEach(row -> ours.remove(row.userId()));
    ours.keySet().retainAll(KnownUsers.among(handle, tenant.name(), ours.keySet()));
    sent.addAll(ours.values());
    return sent;
  }

  private static boolean unanswered(Outcome outcome) {
    return outcome.group() instanceof PlanOutcome.Unanswered
        || outcome.members().stream().anyMatch(MemberOutcome.Unanswered.class::isInstance);
  }

  private void releaseAll(Handle handle, String id) {
    for (Reservation own : tenant.reservations().of(handle, id)) {
      tenant.reservations().release(handle, own, id, tenant.now());
    }
  }

  /**
   * Something changed beside us while we ran: what we know is kept, and it is planned from there.
   */
  private void recordOnly(
      Handle handle, GroupRun begun, Entry entry, JournalEntry open, Outcome outcome) {
    EntryStore.update(handle, entry.with(outcome.group().applied()));
    var ids = outcome.members().stream().map(member -> member.row().userId()).toList();
    var current = Memberships.of(handle, begun.entry().id(), ids);
    var known =
        outcome.members().stream()
            .filter(MemberOutcome.Done.class::isInstance)
            .map(MemberOutcome::row)
            .flatMap(
                row ->
                    Stream.ofNullable(current.get(row.userId()))
                        .map(now -> now.known(row.applied())))
            .toList();
    Memberships.save(handle, known);
    var rested = open.resting(open.attempts(), tenant.now(), open.reason());
    var work =
        unanswered(outcome)
            ? rested.givenUp(tenant.now(), tenant.adapter().capabilities().quietTime())
            : rested;
    Journal.save(handle, begun.kind() == Run.Kind.RECOVERY ? work : work.back());
  }
}
