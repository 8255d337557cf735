package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls of a write on a group or role: which there are, and how sending them goes. */
final class GroupCalls {
  /** Stands for the member call that found the group gone. */
  private static final PbxCall LOST = new PbxCall.DeleteGroup(new PbxRef("(gone)"));

  private final Tenant tenant;
  private final NamedTarget target;
  private final PlanRunner runner;
  private final MemberCalls members;

  GroupCalls(Tenant tenant, NamedTarget target, MemberCalls members) {
    this.tenant = tenant;
    this.target = target;
    this.runner = new PlanRunner(tenant, (call, applied) -> false);
    this.members = members;
  }

  ProvisioningPlan plan(GroupRun run) {
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
  boolean recreates(Entry entry) {
    return tenant.policy().recreateOrphans() && target.makes(entry.resource());
  }

  GroupOutcome send(GroupRun begun, ProvisioningPlan plan, Instant started) {
    return target.onPbx(begun.wish().orElse(begun.entry().resource()))
        ? sent(begun, plan, started)
        : settledHere(begun);
  }

  private GroupOutcome sent(GroupRun begun, ProvisioningPlan plan, Instant started) {
    var checkpoint =
        new Claim(tenant, begun.entry(), begun.open().orElseThrow(), begun.kind(), started);
    if (staysAway(begun)) {
      return new GroupOutcome(new PlanOutcome.Gone(Applied.NOTHING, List.of(), LOST), List.of());
    }
    var group = runner.run(begun.entry().applied(), plan.calls(), checkpoint);
    boolean done = group instanceof PlanOutcome.Completed;
    boolean refused = group instanceof PlanOutcome.Rejected;
    boolean sendsMembers = !begun.deleting() || MemberCalls.outlives(group.applied().ref());
    if (!sendsMembers || !(done || refused) || group.applied().ref().isEmpty()) {
      return new GroupOutcome(group, List.of());
    }
    boolean made = group.done().stream().anyMatch(call -> !call.repeatable());
    if (made && !begun.rows().isEmpty() && !checkpoint.created(group.applied())) {
      return new GroupOutcome(new PlanOutcome.Overtaken(group.applied(), group.done()), List.of());
    }
    PbxRef ref = group.applied().ref().get();
    // A refused name must not keep a member in.
    var additions = done ? begun.additions() : List.<Membership>of();
    var sent = members.send(begun, ref, additions, checkpoint);
    return members.lost(ref, sent)
        ? new GroupOutcome(new PlanOutcome.Gone(group.applied(), group.done(), LOST), List.of())
        : new GroupOutcome(group, sent);
  }

  /** A group the PBX has no part in: its members are as wished by being stored. */
  private static GroupOutcome settledHere(GroupRun begun) {
    var done = new ArrayList<MemberOutcome>();
    begun.rows().forEach(row -> done.add(new MemberOutcome.Done(row.known(row.wish()))));
    return new GroupOutcome(new PlanOutcome.Completed(begun.entry().applied(), List.of()), done);
  }
}
