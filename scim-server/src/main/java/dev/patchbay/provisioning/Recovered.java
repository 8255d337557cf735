package dev.patchbay.provisioning;

import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.provisioning.Inspected.Repair;
import dev.patchbay.schema.Refusal;
import java.util.function.Consumer;

/**
 * Takes up open work at once and says what came of it.
 *
 * @param recovery takes up the open work on the entry with this id
 */
record Recovered(Tenant tenant, Consumer<String> recovery) {

  Repair of(String id) {
    try {
      recovery.accept(id);
    } catch (TryLater | Refusal | PbxException | EntryLocks.Busy later) {
      // it stays open, and the journal goes on
    }
    return tenant
        .database()
        .read(handle -> Journal.find(handle, id))
        .<Repair>map(open -> new Repair.Pending(reason(open)))
        .orElseGet(Repair.Done::new);
  }

  private static String reason(JournalEntry open) {
    return open.reason().orElse("");
  }
}
