package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Plans, makes durable, runs and settles one taken write on a group and its member rows. */
final class GroupRunner {
  private final Tenant tenant;
  private final GroupTarget target;
  private final Planner planner;
  private final PlanRunner runner;
  private final MemberRunner members;
  private final GroupSettlement settlement;
  private final OutcomeLog log;

  GroupRunner(Tenant tenant, GroupTarget target, Planner planner) {
    this.tenant = tenant;
    this.target = target;
    this.planner = planner;
    this.runner = new PlanRunner(tenant);
    this.members = new MemberRunner(tenant.adapter());
    this.settlement =
        new GroupSettlement(
            planner, target, tenant.policy(), tenant.adapter().capabilities().quietTime());
    this.log = new OutcomeLog(tenant);
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

  /** Rows that change in commit 1 besides the run's own. */
  interface WithCommit {
    void write(Handle handle);
  }

  Entry drive(GroupRun run, WithCommit also) {
    var plan = plan(run);
    boolean onPbx = !target.bridgeOnly(run);
    boolean nothing = plan.isEmpty() && run.removals().isEmpty() && run.additions().isEmpty();
    if (nothing && run.open().isEmpty() && unchanged(run)) {
      tenant.database().run(also::write);
      return run.entry();
    }
    var begun = begin(run, plan, also);
    var started = tenant.now();
    var outcome = onPbx ? send(begun, plan, started) : settledHere(begun);
    return settle(begun, outcome, started);
  }

  private boolean unchanged(GroupRun run) {
    return run.rows().stream().allMatch(Membership::synced)
        && run.wish().map(run.entry().resource()::equals).orElse(false)
        && run.entry().life() == Life.LIVE;
  }

  private ProvisioningPlan plan(GroupRun run) {
    return planner.group(run.entry().applied(), run.wish().flatMap(target::of));
  }

  private Outcome send(GroupRun begun, ProvisioningPlan plan, Instant started) {
    var checkpoint = new Claim(begun, started);
    var group = runner.run(begun.entry().applied(), plan.calls(), checkpoint);
    boolean goesOn = group instanceof PlanOutcome.Completed && !begun.deleting();
    if (!goesOn || group.applied().ref().isEmpty()) {
      return new Outcome(group, List.of());
    }
    if (!group.done().isEmpty() && !begun.rows().isEmpty() && begun.creating()) {
      checkpoint.created(group.applied());
    }
    PbxRef ref = group.applied().ref().get();
    var sent = members.run(ref, begun.removals(), begun.additions(), checkpoint);
    return lost(ref, sent)
        ? new Outcome(new PlanOutcome.Gone(group.applied(), group.done(), LOST), List.of())
        : new Outcome(group, sent);
  }

  /** Stands for the member call that found the group gone. */
  private static final PbxCall LOST = new PbxCall.DeleteGroup(new PbxRef("(gone)"));

  /** Whether a read confirms what a 404 on a member suggests: the group itself is not there. */
  private boolean lost(PbxRef ref, List<MemberOutcome> sent) {
    boolean suspected =
        sent.stream()
            .anyMatch(
                member ->
                    member instanceof MemberOutcome.Refused no
                        && no.cause().reason() == PbxException.Reason.ABSENT);
    try {
      return suspected && tenant.adapter().group(ref).isEmpty();
    } catch (PbxException e) {
      return false;
    }
  }

  /** The PBX lost the group: everything in it is planned again from nothing. */
  private Entry recreate(GroupRun begun) {
    var rows = new LinkedHashMap<String, Membership>();
    tenant
        .database()
        .read(handle -> Memberships.desired(handle, begun.entry().id()))
        .forEach(row -> rows.put(row.userId(), row.known(false)));
    begun.rows().forEach(row -> rows.put(row.userId(), row.known(false)));
    var lost = begun.with(begun.entry().with(Applied.NOTHING)).with(List.copyOf(rows.values()));
    return drive(lost, handle -> {});
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
    var kept = run.deleting() && entry.life() == Life.LIVE ? entry.with(Life.DELETING) : entry;
    var doubtful = kept.with(UserRunner.doubting(entry.applied(), plan));
    return tenant
        .database()
        .write(
            handle -> {
              UserRunner.requireUnchanged(handle, entry.id(), run.open());
              take(handle, run);
              if (!EntryStore.claim(handle, doubtful)) {
                throw new EntryLocks.Busy();
              }
              if (run.deleting() || run.creating()) {
                EntryStore.update(handle, doubtful.claimed());
              }
              var rows = stillThere(handle, run.rows());
              Memberships.save(handle, rows.stream().map(GroupRunner::inDoubt).toList());
              Journal.save(handle, open);
              also.write(handle);
              return run.with(kept.claimed()).with(open).with(rows);
            });
  }

  /** A row of a user that is being deleted is never set on. */
  private List<Membership> stillThere(Handle handle, List<Membership> rows) {
    var added = rows.stream().filter(Membership::wish).map(Membership::userId).toList();
    var users = Memberships.users(handle, tenant.name(), added).keySet();
    return rows.stream()
        .map(
            row ->
                row.wish() && !users.contains(row.userId())
                    ? row.wishing(false).desiring(false)
                    : row)
        .toList();
  }

  /** What is taken away is taken whatever the PBX says; what will be sent is in doubt. */
  private static Membership inDoubt(Membership row) {
    var kept = row.wish() ? row : row.desiring(false);
    return row.holdsWish() ? kept : kept.doubtful();
  }

  private void take(Handle handle, GroupRun run) {
    run.wish()
        .ifPresent(
            wish ->
                Allocation.check(
                    tenant
                        .reservations()
                        .take(handle, target.name(wish), run.entry().id(), tenant.now()),
                    target.name(wish)));
  }

  JournalEntry opened(GroupRun run) {
    var open = run.open();
    var lease = new JournalEntry.Lease(tenant.owner(), tenant.leaseEnd());
    return new JournalEntry(
        run.entry().id(),
        tenant.name(),
        run.wish(),
        open.map(JournalEntry::wishSeq).orElse(0L) + (run.kind() == Run.Kind.RECOVERY ? 0 : 1),
        Direction.FORWARD,
        run.entry().version(),
        run.source(),
        run.takesAway(),
        open.map(JournalEntry::blocked).orElse(Set.of()),
        open.flatMap(JournalEntry::reason),
        open.flatMap(JournalEntry::givenUpAt),
        open.map(JournalEntry::attempts).orElse(0),
        lease.until(),
        Optional.of(lease),
        open.map(JournalEntry::openedAt).orElse(tenant.now()));
  }

  private Entry settle(GroupRun begun, Outcome outcome, Instant started) {
    if (outcome.group() instanceof PlanOutcome.Gone
        && !begun.deleting()
        && tenant.policy().recreateOrphans()) {
      return recreate(begun);
    }
    var settled = settlement.settle(begun, outcome, tenant.now());
    var took = Duration.between(started, tenant.now());
    var line = log.line(begun.action(), begun.source(), settled.settled(), outcome.calls(), took);
    boolean newer =
        tenant
            .database()
            .write(
                handle -> {
                  var open = Journal.find(handle, begun.entry().id());
                  if (open.isEmpty()
                      || open.get().wishSeq() != begun.open().orElseThrow().wishSeq()) {
                    recordOnly(handle, begun, open, outcome);
                    return true;
                  }
                  ProvisioningLog.add(handle, line);
                  return !commit(handle, settled);
                });
    if (newer) {
      throw UserRunner.overtaken();
    }
    if (settled.settled().answer().isPresent()) {
      throw settled.settled().answer().get();
    }
    return settled.settled().entry();
  }

  private boolean commit(Handle handle, GroupSettlement.GroupSettled settled) {
    var entry = settled.settled().entry();
    if (settled.settled().forget()) {
      release(handle, entry.id(), Set.of());
      EntryStore.delete(handle, entry.id());
      return true;
    }
    if (!EntryStore.update(handle, entry)) {
      return false;
    }
    Memberships.save(handle, settled.rows());
    if (settled.settled().open().isPresent()) {
      Journal.save(handle, settled.settled().open().get());
    } else {
      Journal.close(handle, entry.id());
      release(handle, entry.id(), Set.of(target.name(entry.resource())));
      tenant.reservations().settle(handle, entry.id());
    }
    return true;
  }

  private void release(Handle handle, String id, Set<Reservation> needed) {
    for (Reservation own : tenant.reservations().of(handle, id)) {
      if (!needed.contains(own)) {
        tenant.reservations().release(handle, own, id, tenant.now());
      }
    }
  }

  /** A newer wish came in while we ran: what we know is kept, and it is planned from there. */
  private void recordOnly(
      Handle handle, GroupRun begun, Optional<JournalEntry> open, Outcome outcome) {
    EntryStore.find(handle, begun.entry().id())
        .ifPresent(current -> EntryStore.update(handle, current.with(outcome.group().applied())));
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
    boolean unanswered =
        outcome.group() instanceof PlanOutcome.Unanswered
            || outcome.members().stream().anyMatch(MemberOutcome.Unanswered.class::isInstance);
    open.map(work -> work.resting(work.attempts(), tenant.now(), work.reason()))
        .map(
            work ->
                unanswered
                    ? work.givenUp(tenant.now(), tenant.adapter().capabilities().quietTime())
                    : work)
        .ifPresent(work -> Journal.save(handle, work));
  }

  /** Nothing of a create that the PBX never took stays. */
  void forget(GroupRun begun) {
    tenant
        .database()
        .run(
            handle -> {
              release(handle, begun.entry().id(), Set.of());
              EntryStore.delete(handle, begun.entry().id());
            });
  }

  /** What holds while a claim does. */
  private final class Claim implements PlanRunner.Checkpoint {
    private final GroupRun begun;
    private final Instant started;

    Claim(GroupRun begun, Instant started) {
      this.begun = begun;
      this.started = started;
    }

    @Override
    public boolean holds() {
      var callEnd = tenant.now().plus(tenant.adapter().capabilities().callLimit());
      var mine = begun.open().orElseThrow();
      return callEnd.isBefore(mine.lease().orElseThrow().until())
          && tenant
              .database()
              .read(handle -> Journal.find(handle, mine.entryId()))
              .map(now -> now.wishSeq() == mine.wishSeq() && now.lease().equals(mine.lease()))
              .orElse(false);
    }

    @Override
    public boolean late() {
      return begun.kind() != Run.Kind.RECOVERY
          && tenant.now().isAfter(started.plus(tenant.policy().answerWithin()));
    }

    @Override
    public void created(Applied applied) {
      boolean ours =
          tenant.database().write(handle -> EntryStore.record(handle, begun.entry().with(applied)));
      if (!ours) {
        throw UserRunner.overtaken();
      }
    }
  }
}
