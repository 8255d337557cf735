package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import java.util.List;

/** How far a plan came. {@code applied} is what is known then, {@code done} the calls that took. */
public sealed interface PlanOutcome {
  Applied applied();

  List<PbxCall> done();

  /** The same when more became known after it. */
  default PlanOutcome knowing(Applied more) {
    return switch (this) {
      case Completed(var before, var done) -> new Completed(more, done);
      case Deferred(var before, var done, var cause) -> new Deferred(more, done, cause);
      case Unanswered(var before, var done, var at, var cause) ->
          new Unanswered(more, done, at, cause);
      case Rejected(var before, var done, var at, var cause) -> new Rejected(more, done, at, cause);
      case Gone(var before, var done, var at) -> new Gone(more, done, at);
      case Overtaken(var before, var done) -> new Overtaken(more, done);
    };
  }

  record Completed(Applied applied, List<PbxCall> done) implements PlanOutcome {}

  /** The next call provably did not begin. */
  record Deferred(Applied applied, List<PbxCall> done, PbxException.Unavailable cause)
      implements PlanOutcome {}

  /** A call was sent and what it did is not known; {@code applied} doubts what it touches. */
  record Unanswered(
      Applied applied, List<PbxCall> done, PbxCall at, PbxException.OutcomeUnknown cause)
      implements PlanOutcome {}

  /** The PBX refused a call. */
  record Rejected(Applied applied, List<PbxCall> done, PbxCall at, PbxException.Rejected cause)
      implements PlanOutcome {}

  /**
   * The object the plan changes is not on the PBX any more.
   *
   * @param applied what is left: half of a user, or nothing
   */
  record Gone(Applied applied, List<PbxCall> done, PbxCall at) implements PlanOutcome {}

  /** The claim was about to end or a newer wish came in; the next call was not sent. */
  record Overtaken(Applied applied, List<PbxCall> done) implements PlanOutcome {}
}
