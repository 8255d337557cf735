package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.plan.Asked;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls of a write on a user: which there are, and sending them. */
final class UserCalls {
  private final Tenant tenant;
  private final UserTarget target;
  private final Planner planner;
  private final PlanRunner runner;
  private final AwaitedIds awaited;

  UserCalls(Tenant tenant, UserTarget target, Planner planner, AwaitedIds awaited) {
    this.tenant = tenant;
    this.target = target;
    this.planner = planner;
    this.runner = new PlanRunner(tenant, planner::takesAway);
    this.awaited = awaited;
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

  PlanOutcome run(Run begun, ProvisioningPlan plan, Instant started) {
    return runner.run(begun.entry().applied(), plan.calls(), claim(begun, started));
  }

  /** A user that cannot go yet, because of its groups or a refusal, does not work any more. */
  PlanOutcome disabled(Run begun, PlanOutcome stays, Instant started) {
    var wanted = target.wanted(urgent(begun), stays.applied());
    var sent =
        runner.run(stays.applied(), planner.urgent(stays.applied(), wanted), claim(begun, started));
    return sent instanceof PlanOutcome.Unanswered ? sent : stays.knowing(sent.applied());
  }

  private Claim claim(Run begun, Instant started) {
    return new Claim(tenant, begun.entry(), begun.open().orElseThrow(), begun.kind(), started);
  }
}
