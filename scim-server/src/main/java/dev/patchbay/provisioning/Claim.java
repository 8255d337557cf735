package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.JournalEntry.Lease;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What holds while a run has its entry: a lease that outlasts one more call, and no newer wish. A
 * run that takes longer renews its lease, unless somebody took the entry over meanwhile.
 */
final class Claim implements PlanRunner.Checkpoint {
  private final Tenant tenant;
  private final Entry entry;
  private final JournalEntry mine;
  private final Run.Kind kind;
  private final Instant started;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Lease lease;

  /**
   * @param entry as it was claimed
   * @param mine the open work as commit 1 wrote it
   */
  Claim(Tenant tenant, Entry entry, JournalEntry mine, Run.Kind kind, Instant started) {
    this.tenant = tenant;
    this.entry = entry;
    this.mine = mine;
    this.kind = kind;
    this.started = started;
    this.lease = mine.lease().orElseThrow();
  }

  @Override
  public boolean holds() {
    return outlastsACall() ? isOurs() : isRenewed();
  }

  private boolean outlastsACall() {
    return tenant.now().plus(tenant.callEnd()).isBefore(lease.until());
  }

  private boolean isOurs() {
    return Journal.hands(tenant.database(), mine.entryId())
        .filter(now -> now.wishSeq() == mine.wishSeq())
        .flatMap(Journal.Hands::owner)
        .filter(lease.owner()::equals)
        .isPresent();
  }

  private boolean isOurs(Optional<JournalEntry> open) {
    return open.filter(now -> now.wishSeq() == mine.wishSeq())
        .flatMap(JournalEntry::lease)
        .filter(now -> now.owner().equals(lease.owner()))
        .isPresent();
  }

  /** Member calls ask at once; one of them renews. */
  private boolean isRenewed() {
    renewing.lock();
    try {
      return outlastsACall() ? isOurs() : renew();
    } finally {
      renewing.unlock();
    }
  }

  /** Whoever takes over moves the epoch; who reads meanwhile compares the lease it has read. */
  private boolean renew() {
    var longer = tenant.lease();
    boolean renewed =
        tenant
            .database()
            .write(
                handle -> {
                  var open = Journal.find(handle, mine.entryId());
                  return isOurs(open)
                      && EntryStore.find(handle, entry.id())
                          .filter(now -> now.epoch() == entry.epoch())
                          .isPresent()
                      && Journal.claim(handle, open.orElseThrow(), longer);
                });
    if (renewed) {
      lease = longer;
    }
    return renewed && outlastsACall();
  }

  @Override
  public boolean late() {
    return kind != Run.Kind.RECOVERY
        && tenant.now().isAfter(started.plus(tenant.policy().answerWithin()));
  }

  @Override
  public boolean created(Applied applied) {
    return tenant.database().write(handle -> EntryStore.record(handle, entry.with(applied)));
  }
}
