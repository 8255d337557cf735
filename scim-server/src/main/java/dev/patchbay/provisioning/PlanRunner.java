package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.Planner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Sends a plan's calls in order and stops at the first that does not succeed. */
final class PlanRunner {
  private final PbxAdapter adapter;
  private final Reachability reachability;
  private final BiPredicate<PbxCall, Applied> takesAway;

  /**
   * @param takesAway whether a call takes something away from a user
   */
  PlanRunner(Tenant tenant, BiPredicate<PbxCall, Applied> takesAway) {
    this.adapter = tenant.adapter();
    this.reachability = tenant.reachability();
    this.takesAway = takesAway;
  }

  /** What the runner asks and tells between calls. */
  interface Checkpoint {
    /** Whether the claim outlasts one more call and no newer wish came in. */
    boolean holds();

    /** Whether the request's time is used up: what is left is for the journal. */
    boolean late();

    /** Makes a finished create durable before the next call; false where the claim is lost. */
    boolean created(Applied applied);
  }

  PlanOutcome run(Applied applied, List<PbxCall> calls, Checkpoint checkpoint) {
    var done = new ArrayList<PbxCall>();
    var now = applied;
    for (int at = 0; at < calls.size(); at++) {
      var call = resolved(calls.get(at), now);
      if (!checkpoint.holds()) {
        return new PlanOutcome.Overtaken(now, done);
      }
      if (!done.isEmpty() && checkpoint.late()) {
        return new PlanOutcome.Deferred(now, done, outOfTime());
      }
      try {
        now = PlannedCall.done(now, call, adapter.apply(call));
        done.add(call);
        reachability.answered();
        // What follows may have been sent when this is read again.
        if (!call.repeatable()
            && done.size() < calls.size()
            && !checkpoint.created(
                PlannedCall.doubt(now, calls.subList(done.size(), calls.size())))) {
          return new PlanOutcome.Overtaken(now, done);
        }
      } catch (PbxException.Unavailable e) {
        reachability.failed(e);
        return new PlanOutcome.Deferred(now, done, e);
      } catch (PbxException.OutcomeUnknown e) {
        return new PlanOutcome.Unanswered(PlannedCall.doubt(now, call), done, call, e);
      } catch (PbxException.Rejected e) {
        return refused(now, done, call, e, calls.subList(at + 1, calls.size()), checkpoint);
      }
    }
    return new PlanOutcome.Completed(now, done);
  }

  private PlanOutcome refused(
      Applied applied,
      List<PbxCall> done,
      PbxCall call,
      PbxException.Rejected refusal,
      List<PbxCall> later,
      Checkpoint checkpoint) {
    if (refusal.reason() == PbxException.Reason.ABSENT && gone(applied, call)) {
      return new PlanOutcome.Gone(applied, done, call);
    }
    var offBoarding = offBoarding(applied, call, later);
    if (offBoarding.isEmpty() || !checkpoint.holds()) {
      return new PlanOutcome.Rejected(applied, done, call, refusal);
    }
    var alone = run(applied, offBoarding, checkpoint);
    done.addAll(alone.done());
    if (alone instanceof PlanOutcome.Unanswered lost) {
      return new PlanOutcome.Unanswered(lost.applied(), done, lost.at(), lost.cause());
    }
    return new PlanOutcome.Rejected(alone.applied(), done, call, refusal);
  }

  /**
   * What takes away of a refused call and of those behind it: a refused department must not take
   * the deactivation with it.
   */
  private List<PbxCall> offBoarding(Applied applied, PbxCall refused, List<PbxCall> later) {
    var part = PlannedCall.offBoardingPart(refused, it -> takesAway.test(it, applied)).stream();
    return Stream.concat(part, later.stream().filter(call -> takesAway.test(call, applied)))
        .toList();
  }

  /** Whether a read confirms what a 404 on a change suggests; an unclear answer does not. */
  private boolean gone(Applied applied, PbxCall call) {
    try {
      return switch (call) {
        case PbxCall.UpdateGroup update -> adapter.group(update.ref()).isEmpty();
        case PbxCall.CreateUser create -> false;
        case PbxCall.CreateGroup create -> false;
        case PbxCall.AddMember add -> false;
        case PbxCall.RemoveMember remove -> false;
        case PbxCall.ChangeMembers change -> false;
        case PbxCall.OfPart part -> userGone(applied);
        case PbxCall.AtOnce operation -> userGone(applied);
        case PbxCall.CreateRole create -> false;
        case PbxCall.UpdateRole update -> adapter.role(update.ref()).isEmpty();
        case PbxCall.DeleteRole delete -> false;
        case PbxCall.DeleteGroup delete -> false;
        case PbxCall.UpdateUser update -> userGone(applied);
        case PbxCall.ChangeRole role -> userGone(applied);
        case PbxCall.SetPassword password -> userGone(applied);
        case PbxCall.SetExtensionPassword password -> userGone(applied);
        case PbxCall.BindMicrosoft365 bind -> userGone(applied);
        case PbxCall.UnbindMicrosoft365 unbind -> userGone(applied);
        case PbxCall.DeleteUser delete -> userGone(applied);
      };
    } catch (PbxException e) {
      return false;
    }
  }

  /** Whether nobody can sign in with the user any more from then on. */
  static boolean deactivates(PbxCall call) {
    return call instanceof PbxCall.UpdateUser && call.takesAway();
  }

  private boolean userGone(Applied applied) {
    return applied.ref().isPresent() && adapter.user(applied.ref().get()).isEmpty();
  }

  private static PbxCall resolved(PbxCall call, Applied now) {
    if (now.ref().isEmpty()) {
      return call;
    }
    if (call instanceof PbxCall.BindMicrosoft365(PbxRef ref, String id)
        && ref.equals(Planner.CREATED)) {
      return new PbxCall.BindMicrosoft365(now.ref().get(), id);
    }
    return call instanceof PbxCall.OfPart part && part.ref().equals(Planner.CREATED)
        ? part.on(now.ref().get())
        : call;
  }

  private static PbxException.Unavailable outOfTime() {
    return new PbxException.Unavailable(
        PbxException.Cause.UNREACHABLE,
        Duration.ofSeconds(1),
        "the time for one answer is used up; the journal goes on");
  }
}
