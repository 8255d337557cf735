package dev.patchbay.provisioning;

import dev.patchbay.pbx.api.PbxCall;
import java.util.ArrayList;
import java.util.List;

/** How far a group's plan came: its own call, then its members'. */
record GroupOutcome(PlanOutcome group, List<MemberOutcome> members) {
  /** The calls that took, in words for the log. */
  List<String> calls() {
    long done = members.stream().filter(MemberOutcome.Done.class::isInstance).count();
    var names = new ArrayList<>(group.done().stream().map(PbxCall::name).toList());
    if (done > 0) {
      names.add(done + " members");
    }
    return names;
  }

  /** Whether a call of it may still act. */
  boolean unanswered() {
    return group instanceof PlanOutcome.Unanswered
        || members.stream().anyMatch(MemberOutcome.Unanswered.class::isInstance);
  }
}
