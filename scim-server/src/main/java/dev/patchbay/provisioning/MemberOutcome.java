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

  /** Refused because the member is not on the PBX yet, whose own journal brings it there. */
  record Waits(Membership row) implements MemberOutcome {}
}
