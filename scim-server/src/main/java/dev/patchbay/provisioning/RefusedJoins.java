package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import java.util.List;
import java.util.function.Predicate;

/**
 * Members whom the PBX refused to take into a group. Where that is because it has no such user, yet
 * or any more, it is the user's own matter: the row waits for the user, and nobody is told that the
 * membership was wrong.
 */
final class RefusedJoins {
  private final Tenant tenant;
  private final Predicate<String> missing;

  /**
   * @param missing looks for the user with this id on the PBX, and sees to it that one who is gone
   *     is made again or let go; false where it is there
   */
  RefusedJoins(Tenant tenant, Predicate<String> missing) {
    this.tenant = tenant;
    this.missing = missing;
  }

  List<MemberOutcome> of(List<MemberOutcome> outcomes, PlanRunner.Checkpoint checkpoint) {
    return outcomes.stream().map(member -> of(member, checkpoint)).toList();
  }

  private MemberOutcome of(MemberOutcome member, PlanRunner.Checkpoint checkpoint) {
    return member instanceof MemberOutcome.Refused no && no.row().wish() && waits(no, checkpoint)
        ? new MemberOutcome.Waits(no.row(), "a member is not on the pbx yet")
        : member;
  }

  private boolean waits(MemberOutcome.Refused no, PlanRunner.Checkpoint checkpoint) {
    var id = no.row().userId();
    return tenant
        .database()
        .read(
            handle ->
                EntryStore.find(handle, id)
                    .map(user -> State.of(user, Journal.find(handle, id).isPresent())))
        .map(
            state ->
                switch (state) {
                  case COMES -> true;
                  case STAYS_AWAY -> false;
                  case THERE -> maySayMissing(no.cause()) && !checkpoint.late() && missing.test(id);
                })
        .orElse(false);
  }

  private static boolean maySayMissing(PbxException.Rejected refusal) {
    return refusal.reason() == Reason.ABSENT || refusal.reason() == Reason.INVALID;
  }

  /** What the store says of a user whom the PBX refused. */
  private enum State {
    /** The journal is about to bring it to the PBX. */
    COMES,
    STAYS_AWAY,
    /** Unless somebody deleted it there. */
    THERE;

    static State of(Entry user, boolean open) {
      var applied = user.applied();
      boolean whole = applied.existence() == Applied.Existence.PRESENT && !applied.isHalf();
      if (user.life() == Life.LIVE && whole) {
        return THERE;
      }
      return open && (user.life() == Life.LIVE || user.life().creating()) ? COMES : STAYS_AWAY;
    }
  }
}
