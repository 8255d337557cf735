package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.provisioning.GroupWrites.Change;
import dev.patchbay.schema.Refusal;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Changes of groups, of which that part is done that takes members out when they are refused: a
 * name that is taken must not keep a person in a team.
 */
record RefusedMembers(Tenant tenant, GroupWrites writes, UnclaimedChanges unclaimed) {
  /**
   * @param possible the same as {@code change} without what can never be done
   */
  Entry change(Change change, Change possible) {
    try {
      return writes.change(change);
    } catch (Refusal refusal) {
      throw takenOut(possible, refusal);
    }
  }

  /** What to say of it: the same, and what is done all the same. */
  private Refusal takenOut(Change change, Refusal refusal) {
    try {
      if (!takesOut(change)) {
        return refusal;
      }
      unclaimed.keep(EntryType.GROUP, membersOf(change));
    } catch (Refusal unreadable) {
      return refusal;
    }
    writes.bringAlong(Set.of(change.id()));
    return new Refusal(refusal.kind(), refusal.detail() + "; who leaves is taken out all the same");
  }

  private static Change membersOf(Change change) {
    return new Change(
        change.action(),
        change.source(),
        change.id(),
        change.ifMatch(),
        base -> new Patched(base, change.request().apply(base).members()));
  }

  /** Whether somebody would go who is not on the way out already. */
  private boolean takesOut(Change change) {
    return tenant.database().read(handle -> takesOut(handle, change));
  }

  private boolean takesOut(Handle handle, Change change) {
    var group = EntryStore.find(handle, change.id());
    if (group.isEmpty()) {
      return false;
    }
    var changes = change.request().apply(group.get().resource()).members();
    var members = MemberWishes.of(handle, tenant.name(), change.id(), changes);
    var rows =
        MemberRows.of(handle, tenant.name(), change.id(), members.wishes(), members.groups());
    return rows.rows().stream().filter(row -> !row.wish()).anyMatch(Membership::desired);
  }
}
