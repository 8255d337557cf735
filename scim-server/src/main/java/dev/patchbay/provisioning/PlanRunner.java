package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.Planner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    var left = refusal.reason() == PbxException.Reason.ABSENT ? left(applied, call) : applied;
    if (!left.equals(applied)) {
      return new PlanOutcome.Gone(left, done, call);
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

  /**
   * What is there, as a read says after a 404 on a change: nothing, half of a user, or, where that
   * is not confirmed, what was there before.
   */
  private Applied left(Applied applied, PbxCall call) {
    try {
      return switch (call) {
        case PbxCall.UpdateGroup update -> unless(applied, adapter.group(update.ref()));
        case PbxCall.CreateUser create -> applied;
        case PbxCall.CreateGroup create -> applied;
        case PbxCall.AddMember add -> applied;
        case PbxCall.RemoveMember remove -> applied;
        case PbxCall.ChangeMembers change -> applied;
        case PbxCall.OfPart part -> leftOfUser(applied);
        case PbxCall.AtOnce operation -> leftOfUser(applied);
        case PbxCall.CreateRole create -> applied;
        case PbxCall.UpdateRole update -> unless(applied, adapter.role(update.ref()));
        case PbxCall.DeleteRole delete -> applied;
        case PbxCall.DeleteGroup delete -> applied;
        case PbxCall.UpdateUser update -> leftOfUser(applied);
        case PbxCall.ChangeRole role -> leftOfUser(applied);
        case PbxCall.SetPassword password -> leftOfUser(applied);
        case PbxCall.SetExtensionPassword password -> leftOfUser(applied);
        case PbxCall.BindMicrosoft365 bind -> leftOfUser(applied);
        case PbxCall.UnbindMicrosoft365 unbind -> leftOfUser(applied);
        case PbxCall.DeleteUser delete -> unless(applied, adapter.user(delete.ref()));
      };
    } catch (PbxException e) {
      return applied;
    }
  }

  private static Applied unless(Applied applied, Optional<?> found) {
    return found.isPresent() ? applied : Applied.NOTHING;
  }

  private Applied leftOfUser(Applied applied) {
    if (applied.ref().isEmpty()) {
      return applied;
    }
    var found = adapter.user(applied.ref().get());
    return found
        .filter(it -> it.value().isHalf())
        .map(half -> Applied.present(half.ref(), half.value().fields()))
        .orElseGet(() -> unless(applied, found));
  }

  /** Whether nobody can sign in with the user any more from then on. */
  static boolean deactivates(PbxCall call) {
    return call instanceof PbxCall.UpdateUser && call.takesAway();
  }

  private static PbxCall resolved(PbxCall call, Applied now) {
    if (now.ref().isEmpty()) {
      return call;
    }
    if (call instanceof PbxCall.BindMicrosoft365 bind && bind.ref().equals(Planner.CREATED)) {
      return new PbxCall.BindMicrosoft365(now.ref().get(), bind.microsoftId(), bind.attempt());
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
