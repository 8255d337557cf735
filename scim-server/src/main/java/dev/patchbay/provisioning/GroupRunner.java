package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One taken write on a group and its member rows, or on a role: planned, made durable, sent and
 * settled.
 */
final class GroupRunner {
  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupCalls calls;
  private final GroupBeginning beginning;
  private final GroupSettlement settlement;
  private final GroupEnding ending;
  private final OutcomeLog log;
  private final AfterTakeover takeover;

  GroupRunner(Tenant tenant, NamedTarget target, UnclaimedChanges unclaimed, MemberCalls members) {
    this.tenant = tenant;
    this.target = target;
    this.calls = new GroupCalls(tenant, target, members);
    this.beginning = new GroupBeginning(tenant, target, unclaimed);
    this.settlement =
        new GroupSettlement(target, tenant.policy(), tenant.adapter().capabilities().quietTime());
    this.ending = new GroupEnding(tenant, target, unclaimed);
    this.log = new OutcomeLog(tenant);
    this.takeover = new AfterTakeover(tenant);
  }

  Entry drive(GroupRun asked, GroupBeginning.WithCommit also) {
    var plan = calls.plan(asked);
    var run = makesAgain(asked, plan) ? withEveryRow(asked) : asked;
    boolean nothing = plan.isEmpty() && run.removals().isEmpty() && run.additions().isEmpty();
    if (nothing && run.open().isEmpty() && unchanged(run)) {
      return tenant.database().write(handle -> besideOnly(handle, run.entry(), also));
    }
    var begun = beginning.begin(run, plan, also);
    return tenant
        .failures()
        .turningBack(begun.open().orElseThrow(), begun.kind(), () -> continued(begun, plan));
  }

  private Entry continued(GroupRun begun, ProvisioningPlan plan) {
    var started = tenant.now();
    var outcome = calls.send(begun, plan, started);
    return settle(begun, outcome, started);
  }

  private Entry besideOnly(Handle handle, Entry entry, GroupBeginning.WithCommit also) {
    if (!also.write(handle)) {
      requireUnmoved(handle, entry);
      return entry;
    }
    if (!EntryStore.claim(handle, entry)) {
      throw new EntryLocks.Busy();
    }
    var accepted = entry.accepted(entry.resource(), tenant.now()).claimed();
    var moved = tenant.targets().report().shown(handle, tenant, entry, accepted);
    EntryStore.update(handle, moved);
    return moved;
  }

  /** Its rows were read later than itself: another process may have done what was asked for. */
  private static void requireUnmoved(Handle handle, Entry entry) {
    boolean moved =
        EntryStore.find(handle, entry.id())
            .filter(now -> now.version() == entry.version())
            .isEmpty();
    if (moved) {
      throw new EntryLocks.Busy();
    }
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

  /** The PBX lost the group: everything in it is planned again from nothing. */
  private Entry recreate(GroupRun begun) {
    return drive(begun.with(begun.entry().with(Applied.NOTHING)), handle -> false);
  }

  private Entry settle(GroupRun begun, GroupOutcome outcome, Instant started) {
    if (outcome.group() instanceof PlanOutcome.Gone
        && !begun.deleting()
        && calls.recreates(begun.entry())) {
      return recreate(begun);
    }
    var settled = settlement.settle(begun, outcome, tenant.now());
    var took = Duration.between(started, tenant.now());
    var line = log.line(begun.action(), begun.source(), settled.settled(), outcome.calls(), took);
    var end = ending.write(begun, settled, outcome, line);
    if (target.type() == EntryType.GROUP) {
      tenant.targets().wake(Followee.group(begun.entry().id()));
    }
    return switch (end) {
      case GroupEnding.End.Ours ours -> answered(settled.settled());
      case GroupEnding.End.Beside(RuntimeException answer) -> throw answer;
      case GroupEnding.End.TakenOver taken when begun.kind() == Run.Kind.RECOVERY ->
          throw UserRunner.overtaken();
      case GroupEnding.End.TakenOver taken ->
          takeover.answer(begun.entry().id(), started, handle -> fate(handle, begun));
    };
  }

  private static Entry answered(Settled settled) {
    if (settled.answer().isPresent()) {
      throw settled.answer().get();
    }
    return settled.entry();
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
}
