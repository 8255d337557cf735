package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An entry and its open work, of one snapshot: read one after the other, what was kept in between
 * would be overwritten with the older of the two.
 */
record Taken(Entry entry, Optional<JournalEntry> open) {

  /** Empty if there is no such entry. */
  static Optional<Taken> find(Handle handle, String id) {
    return EntryStore.find(handle, id).map(entry -> new Taken(entry, Journal.find(handle, id)));
  }

  /** The entry as reads show it; a refusal if they do not. */
  static Taken visible(Handle handle, String tenant, EntryType type, String id) {
    return EntryStore.find(handle, tenant, type, id)
        .filter(entry -> entry.life().visible())
        .map(entry -> new Taken(entry, Journal.find(handle, id)))
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Kind.NOT_FOUND, "there is no " + type.scimName() + " '" + id + "'"));
  }

  /** For anything but its deletion, which another process may be at: then it is waited for. */
  Taken stays(Tenant tenant) {
    if (entry.life() == Life.DELETING) {
      tenant.requireAtRest(open);
      throw TryLater.unavailable(Duration.ofSeconds(1), "its deletion is under way");
    }
    return this;
  }

  /** At the version the request names. */
  Taken at(IfMatch ifMatch, String source) {
    Precondition.check(ifMatch, source, entry, open);
    return this;
  }
}
