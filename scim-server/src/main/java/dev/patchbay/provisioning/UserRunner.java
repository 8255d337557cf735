package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.FormerObjects;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.mapping.Pool;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.plan.Asked;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Plans, makes durable, runs and settles one taken write on a user. */
final class UserRunner {
  /** Stands for the call that would find the user gone. */
  private static final PbxCall GONE = new PbxCall.DeleteUser(Planner.CREATED);

  private final Tenant tenant;
  private final UserTarget target;
  private final Planner planner;
  private final PlanRunner runner;
  private final UserSettlement settlement;
  private final Allocation allocation;
  private final AwaitedIds awaited;
  private final OutcomeLog log;
  private final AfterTakeover takeover;
  private final PhoneOperations phones;
  private final UserMemberships memberships;

  UserRunner(
      Tenant tenant,
      UserTarget target,
      Planner planner,
      Allocation allocation,
      UserMemberships memberships) {
    this.memberships = memberships;
    this.tenant = tenant;
    this.target = target;
    this.planner = planner;
    this.runner = new PlanRunner(tenant, planner::takesAway);
    this.settlement =
        new UserSettlement(
            planner, target, tenant.policy(), tenant.adapter().capabilities().quietTime());
    this.allocation = allocation;
    this.awaited = new AwaitedIds(tenant, target);
    this.log = new OutcomeLog(tenant);
    this.takeover = new AfterTakeover(tenant);
    this.phones = new PhoneOperations(tenant);
  }

  /** Work that has to be done between commit 1 and the first call; empty lets the run go on. */
  interface Before extends Function<Run, Optional<PlanOutcome>> {}

  /** Drives a run on an existing entry to its answer. */
  Entry drive(Run run, Before before) {
    if (lost(run)) {
      var gone = new PlanOutcome.Gone(Applied.NOTHING, List.of(), GONE);
      return commitWithoutCalls(run, ProvisioningPlan.NOTHING, gone);
    }
    ProvisioningPlan plan;
    try {
      plan = plan(run);
    } catch (PbxException.Unavailable e) {
      return unplanned(begin(run, ProvisioningPlan.NOTHING), e);
    }
    if (plan.isEmpty() && run.kind() != Run.Kind.URGENT && !run.deleting()) {
      var done = new PlanOutcome.Completed(run.entry().applied(), List.of());
      return commitWithoutCalls(run, plan, done);
    }
    var begun = begin(run, plan);
    var entry =
        tenant
            .failures()
            .turningBack(
                begun.open().orElseThrow(),
                begun.kind(),
                () -> continued(begun, plan, before.apply(begun)));
    if (makesAgain(run, plan)) {
      memberships.rejoin(entry.id());
    }
    return entry;
  }

  /** The PBX was never asked what it wants of passwords: as if it could not be asked to begin. */
  Entry unplanned(Run begun, PbxException.Unavailable cause) {
    tenant.reachability().failed(cause);
    var outcome = new PlanOutcome.Deferred(begun.entry().applied(), List.of(), cause);
    return settle(begun, ProvisioningPlan.NOTHING, outcome, tenant.now());
  }

  /** Whether the PBX is known to have lost a user that is not made again, a leaver for one. */
  private boolean lost(Run run) {
    var entry = run.entry();
    return !recreates(run)
        && Report.orphaned(EntryType.USER, entry.resource())
        && entry.applied().existence() == Applied.Existence.ABSENT
        && entry.life() == Life.LIVE
        && !run.deleting();
  }

  /** Whether the plan makes a user anew that was on the PBX before. */
  private static boolean makesAgain(Run run, ProvisioningPlan plan) {
    return !run.creating() && plan.calls().stream().anyMatch(PbxCall.CreateUser.class::isInstance);
  }

  /** Goes on after commit 1, unless {@code stopped} says how far it came already. */
  Entry continued(Run begun, ProvisioningPlan plan, Optional<PlanOutcome> stopped) {
    var started = tenant.now();
    var outcome = stopped.orElseGet(() -> run(begun, plan, started));
    boolean refused = outcome instanceof PlanOutcome.Rejected && !begun.retains(tenant.policy());
    boolean stays = stopped.isPresent() || refused;
    return settle(
        begun,
        plan,
        begun.deleting() && stays ? disabled(begun, outcome, started) : outcome,
        started);
  }

  /** A user that cannot go yet, because of its groups or a refusal, does not work any more. */
  private PlanOutcome disabled(Run begun, PlanOutcome stays, Instant started) {
    var wanted = target.wanted(urgent(begun), stays.applied());
    var sent =
        runner.run(stays.applied(), planner.urgent(stays.applied(), wanted), claim(begun, started));
    return sent instanceof PlanOutcome.Unanswered ? sent : stays.knowing(sent.applied());
  }

  PlanOutcome run(Run begun, ProvisioningPlan plan, Instant started) {
    return runner.run(begun.entry().applied(), plan.calls(), claim(begun, started));
  }

  Entry settle(Run begun, ProvisioningPlan plan, PlanOutcome outcome, Instant started) {
    if (outcome instanceof PlanOutcome.Gone gone
        && (recreates(begun) || replaces(begun, gone))
        && gone.done().stream().allMatch(PbxCall::repeatable)) {
      return recreate(begun, gone.applied());
    }
    var settled = settlement.settle(begun, plan, outcome, tenant.now());
    var end = write(begun, settled, outcome, Duration.between(started, tenant.now()));
    tenant.targets().wake(Followee.user(begun.entry().id()));
    return switch (end) {
      case End.Ours ours -> {
        signOut(begun, outcome);
        yield answered(settled);
      }
      case End.Newer newer -> throw overtaken();
      case End.TakenOver taken when begun.kind() == Run.Kind.RECOVERY -> throw overtaken();
      case End.TakenOver taken ->
          takeover.answer(begun.entry().id(), started, handle -> fate(handle, begun, outcome));
    };
  }

  /** After the answer is settled: whether phones are signed out changes nothing of it. */
  private void signOut(Run run, PlanOutcome outcome) {
    var call = outcome.done().stream().filter(PlanRunner::deactivates).findFirst();
    if (call.isPresent()) {
      phones.afterDeactivation(run.entry().with(outcome.applied()), run.source());
    }
  }

  private static Entry answered(Settled settled) {
    if (settled.answer().isPresent()) {
      throw settled.answer().get();
    }
    return settled.entry();
  }

  private boolean recreates(Run run) {
    return tenant.policy().recreateOrphans()
        && run.wish().map(wish -> wish.resource().path("active").asBoolean(true)).orElse(false);
  }

  /** Half of a user is neither there nor gone: it goes, and a whole one takes its place. */
  private static boolean replaces(Run run, PlanOutcome.Gone gone) {
    return gone.applied().isHalf() && run.kind() != Run.Kind.URGENT && !run.deleting();
  }

  /** The PBX lost the user: plan again from what is left, with the same name and number. */
  private Entry recreate(Run run, Applied left) {
    return drive(run.with(run.entry().with(left)), begun -> Optional.empty());
  }

  ProvisioningPlan plan(Run run) {
    var entry = run.entry();
    if (run.kind() == Run.Kind.URGENT || run.retains(tenant.policy())) {
      return new ProvisioningPlan(
          planner.urgent(entry.applied(), target.wanted(urgent(run), entry.applied())), List.of());
    }
    return awaited.planned(
        run,
        planner.user(
            entry.applied(),
            run.wish().flatMap(wish -> wanted(run, wish.resource())),
            asked(run),
            () -> secrets(run.wish().orElseThrow())));
  }

  /** What may be sent at once; a user that goes is only disabled, since its groups come first. */
  private static ObjectNode urgent(Run run) {
    return run.deleting() ? run.kept().deepCopy().put("active", false) : run.kept();
  }

  private Optional<PbxUser> wanted(Run run, ObjectNode resource) {
    return run.deleting() ? Optional.empty() : target.wanted(resource, run.entry().applied());
  }

  private Asked asked(Run run) {
    var blocked = run.open().map(JournalEntry::blocked).orElse(Set.of());
    if (run.wish().isEmpty()) {
      return Asked.everything(blocked);
    }
    if (run.kind() == Run.Kind.RECOVERY) {
      return new Asked(Set.of(PbxField.values()), blocked, run.wish().get().secrets());
    }
    var named = new HashSet<>(run.replacing() ? Set.<PbxField>of() : blocked);
    named.removeAll(run.moved());
    return new Asked(run.moved(), named, run.wish().get().secrets());
  }

  private PbxSecrets secrets(Wish wish) {
    var name = UserTarget.pbxName(wish.resource());
    var extension = UserTarget.extension(wish.resource());
    var secrets = tenant.secrets();
    return new PbxSecrets(
        secrets.initialPassword(wish.password(), name, extension).password(),
        secrets.extensionPassword(wish.extensionPassword(), name, extension),
        secrets.voicemailPin(wish.voicemailPin(), extension));
  }

  /** The PBX already is as wished: one commit. */
  private Entry commitWithoutCalls(Run run, ProvisioningPlan plan, PlanOutcome outcome) {
    var wish = run.wish().orElseThrow().resource();
    boolean done = outcome instanceof PlanOutcome.Completed;
    if (done && run.open().isEmpty() && wish.equals(run.entry().resource())) {
      return run.entry();
    }
    var entry = run.entry();
    var begun = run.with(entry.claimed()).with(opened(run));
    var settled = settlement.settle(begun, plan, outcome, tenant.now());
    var line = log.line(run.action(), run.source(), settled, List.of(), Duration.ZERO);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              if (!EntryStore.claim(handle, entry)) {
                throw new EntryLocks.Busy();
              }
              awaited.take(handle, run, plan, allocation);
              ProvisioningLog.add(handle, line);
              commit(handle, begun, settled);
            });
    return answered(settled);
  }

  /** Commit 1: the work is durable, and what it may change is in doubt, before the first byte. */
  Run begin(Run run, ProvisioningPlan plan) {
    var open = makesAgain(run, plan) ? LostSecrets.withNewOnes(opened(run)) : opened(run);
    var doubts = doubting(run.entry().applied(), plan);
    var entry = kept(run);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              // Before its names: those of one that was deleted are free.
              if (!EntryStore.claim(handle, run.entry().with(doubts))) {
                throw new EntryLocks.Busy();
              }
              if (run.wish().isPresent()) {
                awaited.take(handle, run, plan, allocation);
              }
              EntryStore.update(handle, pending(entry.with(doubts).claimed()));
              Journal.save(handle, open);
              noteBefore(handle, run, entry);
              if (makesAgain(run, plan)) {
                memberships.lost(handle, entry.id(), run.source());
              }
              if (run.deleting()) {
                var groups = memberships.groups(handle, entry.id());
                BeforeWork.noteGroups(handle, entry.id(), groups);
                memberships.flagOff(handle, entry.id(), run.source());
              }
            });
    return run.with(entry.claimed()).with(open);
  }

  /** So that an operator may take back what reads show from now on. */
  void noteBefore(Handle handle, Run run, Entry shown) {
    var before = run.entry();
    if (before.life() == Life.LIVE
        && (run.deleting() || !Report.same(EntryType.USER, shown.resource(), before.resource()))) {
      BeforeWork.note(handle, before.id(), before.resource());
    }
  }

  /** As it is shown while the PBX may hold something else. */
  Entry pending(Entry entry) {
    return entry.with(
        Report.of(
            EntryType.USER,
            entry.resource(),
            Report.State.PENDING,
            LostSecrets.said(entry),
            tenant.now()));
  }

  /** The entry with what the wish takes away already taken: it stays so whatever the PBX says. */
  private Entry kept(Run run) {
    var entry = run.entry();
    if (run.deleting() && entry.life() == Life.LIVE) {
      var inactive = entry.resource().deepCopy().put("active", false);
      return entry.accepted(inactive, tenant.now()).with(Life.DELETING);
    }
    return run.takesAway() && entry.life() == Life.LIVE && !run.kept().equals(entry.resource())
        ? entry.accepted(run.kept(), tenant.now())
        : entry;
  }

  JournalEntry opened(Run run) {
    var open = run.open();
    var now = tenant.now();
    var lease = tenant.lease();
    boolean recovery = run.kind() == Run.Kind.RECOVERY;
    return new JournalEntry(
        run.entry().id(),
        tenant.name(),
        run.wish().map(Wish::resource),
        open.map(JournalEntry::wishSeq).orElse(0L) + (recovery ? 0 : 1),
        Direction.FORWARD,
        recovery ? open.orElseThrow().baseVersion() : run.entry().version(),
        open.filter(JournalEntry::offBoarding).map(JournalEntry::source).orElse(run.source()),
        run.takesAway() || open.map(JournalEntry::offBoarding).orElse(false),
        open.map(JournalEntry::blocked).orElse(Set.of()),
        open.flatMap(JournalEntry::reason),
        open.flatMap(JournalEntry::givenUpAt),
        open.map(JournalEntry::attempts).orElse(0),
        lease.until(),
        Optional.of(lease),
        open.map(JournalEntry::openedAt).orElse(now),
        slot(run));
  }

  /** The secrets of this wish, or those that an earlier one left to be set. */
  private SecretSlot slot(Run run) {
    var wish = run.wish().filter(it -> run.kind() != Run.Kind.RECOVERY && it.hasSecrets());
    var waiting =
        run.open().map(JournalEntry::secrets).orElseGet(() -> LostSecrets.slot(run.entry()));
    return wish.map(it -> sealed(run, it, waiting)).orElse(waiting);
  }

  private SecretSlot sealed(Run run, Wish wish, SecretSlot waiting) {
    return tenant
        .seal()
        .<SecretSlot>map(seal -> seal.seal(run.entry().id(), wish).after(waiting))
        .orElse(new SecretSlot.Resend());
  }

  static Applied doubting(Applied applied, ProvisioningPlan plan) {
    return PlannedCall.doubt(applied, plan.calls());
  }

  /** How commit 2 went. */
  private sealed interface End {
    /** As the run was settled. */
    record Ours() implements End {}

    /** Somebody else wanted something else. */
    record Newer() implements End {}

    /** Another process took the entry over. */
    record TakenOver() implements End {}
  }

  /** Commit 2, where the claim is still ours and no newer wish came in. */
  private End write(Run begun, Settled settled, PlanOutcome outcome, Duration took) {
    var calls = outcome.done().stream().map(PbxCall::name).toList();
    var line = log.line(begun.action(), begun.source(), settled, calls, took);
    return tenant
        .database()
        .write(
            handle -> {
              var end =
                  disturbed(handle, begun) ? noted(handle, begun, outcome) : Optional.<End>empty();
              if (end.isEmpty()) {
                ProvisioningLog.add(handle, line);
                commit(handle, begun, settled);
              }
              return end.orElseGet(End.Ours::new);
            });
  }

  /** Whether there is a reason to look at entry and work as they are now. */
  private static boolean disturbed(Handle handle, Run begun) {
    long wishSeq = begun.open().orElseThrow().wishSeq();
    return !Journal.isAsClaimed(handle, begun.entry().id(), mine(begun), wishSeq);
  }

  /**
   * Where the claim is gone or a newer wish came in, only what became known is written; empty where
   * neither is so.
   */
  private Optional<End> noted(Handle handle, Run begun, PlanOutcome outcome) {
    var current = EntryStore.find(handle, begun.entry().id());
    if (current.map(Entry::epoch).filter(mine(begun)::equals).isEmpty()) {
      current.ifPresentOrElse(
          now -> doubtOnly(handle, begun, now, outcome), () -> leftBehind(handle, begun, outcome));
      return Optional.of(new End.TakenOver());
    }
    var open = Journal.find(handle, begun.entry().id()).filter(work -> newer(work, begun));
    open.ifPresent(work -> recordOnly(handle, begun, current.get(), work, outcome));
    return open.map(work -> new End.Newer());
  }

  /** Whoever took over let the entry go: what is on the PBX all the same is no stranger. */
  private void leftBehind(Handle handle, Run begun, PlanOutcome outcome) {
    FormerObjects.note(handle, begun.entry().with(outcome.applied()), tenant.now());
  }

  private AfterTakeover.Fate fate(Handle handle, Run begun, PlanOutcome outcome) {
    var now = Taken.find(handle, begun.entry().id());
    boolean stored = now.map(it -> holds(it.entry(), begun)).orElse(begun.deleting());
    return stored && !UserSettlement.secretUnsent(begun, outcome.done())
        ? new AfterTakeover.Fate.Stored(now.map(Taken::entry).orElse(begun.entry()))
        : AfterTakeover.unsaid(now, begun.wish().map(Wish::resource));
  }

  private static boolean holds(Entry entry, Run begun) {
    return begun.deleting()
        ? !entry.life().visible() && !entry.life().creating()
        : entry.life() == Life.LIVE
            && Report.same(EntryType.USER, entry.resource(), begun.wish().orElseThrow().resource());
  }

  /** Whether another wish was written into the open work while this one ran. */
  private static boolean newer(JournalEntry open, Run begun) {
    return open.wishSeq() != begun.open().orElseThrow().wishSeq();
  }

  private static Long mine(Run begun) {
    return begun.entry().epoch();
  }

  private void commit(Handle handle, Run begun, Settled settled) {
    var entry = settled.entry();
    if (settled.forget()) {
      if (begun.deleting()) {
        FormerObjects.note(handle, begun.entry(), tenant.now());
      }
      awaited.settle(handle, entry, Set.of(), freeAt(begun, entry));
      EntryStore.delete(handle, entry.id());
      return;
    }
    if (settled.tellsTargets(begun.kind())) {
      begun.wish().ifPresent(wish -> tenant.targets().keep(handle, tenant, entry.id(), wish));
    }
    var report = tenant.targets().report();
    EntryStore.update(handle, begun.entry(), report.shown(handle, tenant, begun.entry(), entry));
    if (settled.open().isPresent()) {
      Journal.save(handle, settled.open().get());
      awaited.passOn(handle, entry, settled.open().get());
      noteBefore(handle, begun, entry);
    } else {
      Journal.close(handle, entry.id());
      awaited.settle(handle, entry, holding(entry), freeAt(begun, entry));
    }
    boolean renamed = !externalId(entry).equals(externalId(begun.entry()));
    if (entry.life() == Life.LIVE && (begun.creating() || renamed)) {
      memberships.arrived(handle, entry);
    }
  }

  /** What it goes on holding: of a retained user, what the PBX holds. */
  private Set<Reservation> holding(Entry entry) {
    var needed = target.needed(entry.resource());
    if (entry.life() == Life.RETAINED) {
      needed.removeIf(it -> it.kind() == Reservation.Kind.USER_NAME);
      Optional.ofNullable(entry.applied().fields().get(PbxField.MICROSOFT365))
          .ifPresent(id -> needed.add(new Reservation(Reservation.Kind.MICROSOFT365, id)));
    }
    return needed;
  }

  private static JsonNode externalId(Entry user) {
    return user.resource().path("externalId");
  }

  /**
   * Another process took the entry over: what we sent is in doubt, and nothing else is ours. The
   * epoch moves, so that it does not take for certain what it did meanwhile.
   */
  private void doubtOnly(Handle handle, Run begun, Entry current, PlanOutcome outcome) {
    var sent = new ArrayList<>(outcome.done());
    if (outcome instanceof PlanOutcome.Unanswered lost) {
      sent.add(lost.at());
    }
    if (sent.isEmpty()) {
      return;
    }
    var doubted = current.with(PlannedCall.doubt(current.applied(), sent));
    EntryStore.claim(handle, doubted);
    EntryStore.update(handle, pending(doubted.claimed()));
    var reason = Optional.of("an earlier process ended its work late");
    var open =
        Journal.find(handle, current.id())
            .orElseGet(
                () ->
                    opened(begun.with(current).with(Wish.of(current.resource())))
                        .resting(0, tenant.now(), reason));
    Journal.save(handle, tenant.overtaken(open, outcome instanceof PlanOutcome.Unanswered));
  }

  /**
   * A newer wish came in while we ran, or the report of a process that had the entry before: what
   * we know is kept, and it is planned from there. Ours, if it is still open, was refused.
   */
  private void recordOnly(
      Handle handle, Run begun, Entry current, JournalEntry open, PlanOutcome outcome) {
    EntryStore.update(handle, current.with(settlement.known(begun, outcome)));
    var rested = open.resting(open.attempts(), tenant.now(), open.reason());
    var work =
        outcome instanceof PlanOutcome.Unanswered
            ? rested.givenUp(tenant.now(), tenant.adapter().capabilities().quietTime())
            : rested;
    Journal.save(handle, begun.kind() == Run.Kind.RECOVERY ? work : work.back());
  }

  /** Nothing of a create that the PBX never took stays. */
  void forget(Run begun) {
    tenant
        .database()
        .run(handle -> commit(handle, begun, Settled.forgotten(begun.entry(), Optional.empty())));
  }

  /** A number the PBX ever held rests before somebody else gets it. */
  private Instant freeAt(Run begun, Entry entry) {
    boolean held = !begun.creating() || begun.entry().applied().ref().isPresent();
    return held
        ? tenant.now().plus(quarantine(UserTarget.extension(entry.resource())))
        : tenant.now();
  }

  private Duration quarantine(String extension) {
    return tenant.mapping().extensions().pools().stream()
        .filter(pool -> pool.contains(extension))
        .map(Pool::quarantine)
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private Claim claim(Run begun, Instant started) {
    return new Claim(tenant, begun.entry(), begun.open().orElseThrow(), begun.kind(), started);
  }

  static TryLater overtaken() {
    return TryLater.unavailable(Duration.ofSeconds(1), "another write to it came in between");
  }
}
