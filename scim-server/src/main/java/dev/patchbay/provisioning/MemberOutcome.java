package dev.patchbay.provisioning;

import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.PbxException;

/** What became of one member call. */
sealed interface MemberOutcome {
  Membership row();

  record Done(Membership row) implements MemberOutcome {}

  record Refused(Membership row, PbxException.Rejected cause) implements MemberOutcome {}

  /** Sent, and not known what it did. */
  record Unanswered(Membership row, PbxException.OutcomeUnknown cause) implements MemberOutcome {}

  /** Not sent. */
  record Deferred(Membership row, PbxException.Unavailable cause) implements MemberOutcome {}

  /** The member is not ready yet; its own journal is at it. */
  record Waits(Membership row, String why) implements MemberOutcome {}
}
