package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Plans, makes durable, runs and settles one taken write on a user. */
final class UserRunner {
  /** Stands for the call that would find the user gone. */
  private static final PbxCall GONE = new PbxCall.DeleteUser(Planner.CREATED);

  private final Tenant tenant;
  private final UserCalls calls;
  private final UserBeginning beginning;
  private final UserSettlement settlement;
  private final UserEnding ending;
  private final AfterTakeover takeover;
  private final PhoneOperations phones;

  UserRunner(
      Tenant tenant,
      UserTarget target,
      Planner planner,
      Allocation allocation,
      UserMemberships memberships) {
    var awaited = new AwaitedIds(tenant, target);
    this.tenant = tenant;
    this.calls = new UserCalls(tenant, target, planner, awaited);
    this.beginning = new UserBeginning(tenant, allocation, awaited, memberships);
    this.settlement =
        new UserSettlement(
            planner, target, tenant.policy(), tenant.adapter().capabilities().quietTime());
    this.ending = new UserEnding(tenant, target, settlement, beginning);
    this.takeover = new AfterTakeover(tenant);
    this.phones = new PhoneOperations(tenant);
  }

  UserCalls calls() {
    return calls;
  }

  UserBeginning beginning() {
    return beginning;
  }

  UserEnding ending() {
    return ending;
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
      plan = calls.plan(run);
    } catch (PbxException.Unavailable e) {
      return unplanned(beginning.begin(run, ProvisioningPlan.NOTHING), e);
    }
    if (plan.isEmpty() && run.kind() != Run.Kind.URGENT && !run.deleting()) {
      var done = new PlanOutcome.Completed(run.entry().applied(), List.of());
      return commitWithoutCalls(run, plan, done);
    }
    var begun = beginning.begin(run, plan);
    var entry =
        tenant
            .failures()
            .turningBack(
                begun.open().orElseThrow(),
                begun.kind(),
                () -> continued(begun, plan, before.apply(begun)));
    if (UserBeginning.makesAgain(run, plan)) {
      beginning.memberships().rejoin(entry.id());
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

  /** Goes on after commit 1, unless {@code stopped} says how far it came already. */
  Entry continued(Run begun, ProvisioningPlan plan, Optional<PlanOutcome> stopped) {
    var started = tenant.now();
    var outcome = stopped.orElseGet(() -> calls.run(begun, plan, started));
    boolean refused = outcome instanceof PlanOutcome.Rejected && !begun.retains(tenant.policy());
    boolean stays = stopped.isPresent() || refused;
    return settle(
        begun,
        plan,
        begun.deleting() && stays ? calls.disabled(begun, outcome, started) : outcome,
        started);
  }

  Entry settle(Run begun, ProvisioningPlan plan, PlanOutcome outcome, Instant started) {
    if (outcome instanceof PlanOutcome.Gone gone
        && (recreates(begun) || replaces(begun, gone))
        && gone.done().stream().allMatch(PbxCall::repeatable)) {
      return recreate(begun, gone.applied());
    }
    var settled = settlement.settle(begun, plan, outcome, tenant.now());
    var end = ending.write(begun, settled, outcome, Duration.between(started, tenant.now()));
    tenant.targets().wake(Followee.user(begun.entry().id()));
    return switch (end) {
      case UserEnding.End.Ours ours -> {
        signOut(begun, outcome);
        yield answered(settled);
      }
      case UserEnding.End.Newer newer -> throw overtaken();
      case UserEnding.End.TakenOver taken when begun.kind() == Run.Kind.RECOVERY ->
          throw overtaken();
      case UserEnding.End.TakenOver taken ->
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

  /** The PBX already is as wished: one commit. */
  private Entry commitWithoutCalls(Run run, ProvisioningPlan plan, PlanOutcome outcome) {
    var wish = run.wish().orElseThrow().resource();
    boolean done = outcome instanceof PlanOutcome.Completed;
    if (done && run.open().isEmpty() && wish.equals(run.entry().resource())) {
      return run.entry();
    }
    var entry = run.entry();
    var begun = run.with(entry.claimed()).with(beginning.opened(run));
    var settled = settlement.settle(begun, plan, outcome, tenant.now());
    ending.writeOnly(run, begun, plan, settled);
    return answered(settled);
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

  static TryLater overtaken() {
    return TryLater.unavailable(Duration.ofSeconds(1), "another write to it came in between");
  }
}
