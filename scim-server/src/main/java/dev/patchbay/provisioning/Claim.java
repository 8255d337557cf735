package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import java.time.Instant;

/**
 * What holds while a run has its entry: a lease that outlasts one more call, and no newer wish.
 *
 * @param entry as it was claimed
 * @param mine the open work as commit 1 wrote it
 */
record Claim(Tenant tenant, Entry entry, JournalEntry mine, Run.Kind kind, Instant started)
    implements PlanRunner.Checkpoint {

  @Override
  public boolean holds() {
    var callEnd = tenant.now().plus(tenant.adapter().capabilities().callLimit());
    return callEnd.isBefore(mine.lease().orElseThrow().until())
        && tenant
            .database()
            .read(handle -> Journal.find(handle, mine.entryId()))
            .map(now -> now.wishSeq() == mine.wishSeq() && now.lease().equals(mine.lease()))
            .orElse(false);
  }

  @Override
  public boolean late() {
    return kind != Run.Kind.RECOVERY
        && tenant.now().isAfter(started.plus(tenant.policy().answerWithin()));
  }

  @Override
  public void created(Applied applied) {
    if (!tenant.database().write(handle -> EntryStore.record(handle, entry.with(applied)))) {
      throw UserRunner.overtaken();
    }
  }
}
