package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Journal;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.provisioning.ExistingUsers.Existing;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Commit 1 of a user's create: its names and number, its entry and its open work. */
record CreateBeginning(
    Tenant tenant, UserTarget target, UserBeginning users, Allocation allocation) {
  Run begin(String source, Entry entry, Wish wish, Instant now) {
    var id = entry.id();
    return tenant
        .database()
        .write(
            handle -> {
              takeName(handle, wish.resource(), id);
              var named = wish.with(allocation.named(handle, wish.resource(), id, now));
              allocation.take(handle, target.claimed(named.resource()), id, now);
              var run = Run.create(source, entry.with(named.resource()), named, wish.resource());
              var open = users.opened(run);
              EntryStore.insert(handle, run.entry().with(Applied.NOTHING.doubtingExistence()));
              Journal.save(handle, open);
              return run.with(open);
            });
  }

  Run begin(Run run, ProvisioningPlan plan, Existing found) {
    var entry = run.entry();
    return tenant
        .database()
        .write(
            handle -> {
              takeName(handle, entry.resource(), entry.id());
              found.taking().accept(handle, entry.id());
              allocation.take(handle, target.needed(entry.resource()), entry.id(), tenant.now());
              EntryStore.insert(handle, entry.with(UserBeginning.doubting(found.applied(), plan)));
              var open = users.opened(run);
              Journal.save(handle, open);
              found.before().ifPresent(it -> BeforeWork.note(handle, entry.id(), it));
              return run.with(open);
            });
  }

  /** The same create at another process may have been faster: then it is to be joined. */
  private void takeName(Handle handle, ObjectNode user, String id) {
    var name = new Reservation(Reservation.Kind.USER_NAME, user.path("userName").asText());
    var holder = tenant.reservations().take(handle, name, id, tenant.now());
    if (holder instanceof Holder.Taken) {
      throw new EntryLocks.Busy();
    }
    Allocation.check(holder, name);
  }
}
