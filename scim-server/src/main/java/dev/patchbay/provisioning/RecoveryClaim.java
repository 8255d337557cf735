package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open work taken for recovery: from then on no other process looks at it, nor at the PBX for it.
 *
 * @param entry as claimed
 * @param open in our hands
 */
record RecoveryClaim(Entry entry, JournalEntry open) {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryClaim.class);

  /** Empty when nothing is open, or when it is to be left alone for now. */
  static Optional<RecoveryClaim> take(Tenant tenant, String id) {
    return tenant.database().write(handle -> take(tenant, handle, id));
  }

  private static Optional<RecoveryClaim> take(Tenant tenant, Handle handle, String id) {
    var entry = EntryStore.find(handle, id);
    var open = Journal.find(handle, id);
    if (entry.isEmpty() || open.isEmpty() || tenant.resting(open)) {
      return Optional.empty();
    }
    var lease = tenant.lease();
    return Journal.claim(handle, open.get(), lease) && EntryStore.claim(handle, entry.get())
        ? Optional.of(new RecoveryClaim(entry.get().claimed(), open.get().leased(lease)))
        : Optional.empty();
  }

  /** Puts it off, because the PBX could not be looked at. */
  void postpone(Tenant tenant, PbxException cause) {
    tenant.reachability().failed(cause);
    rest(tenant, String.valueOf(cause.getMessage()));
  }

  /** Puts it off, because nothing can be done about it now. */
  void rest(Tenant tenant, String reason) {
    int attempts = open.attempts() + 1;
    var now = tenant.now();
    var rested =
        open.resting(attempts, now.plus(Backoff.pause(open, attempts)), Optional.of(reason));
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, open.entryId(), Optional.of(open));
              Journal.save(handle, rested);
              if (rested.isGivenUp()) {
                EntryStore.update(handle, blocked(reason, now));
              }
            });
    if (rested.isGivenUp()) {
      LOG.warn("recovery given up entry={} attempts={} reason={}", entry.id(), attempts, reason);
    }
  }

  private Entry blocked(String reason, Instant now) {
    var state = Report.State.BLOCKED;
    return entry.with(Report.of(entry.type(), entry.resource(), state, Optional.of(reason), now));
  }

  /** Gives it back, unless a run has gone on from it. */
  void release(Tenant tenant) {
    tenant
        .database()
        .run(
            handle ->
                EntryStore.find(handle, entry.id())
                    .filter(now -> now.epoch() == entry.epoch())
                    .ifPresent(now -> Journal.release(handle, now.id(), tenant.owner())));
  }
}
