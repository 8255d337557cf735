package dev.patchbay.scim;

import dev.patchbay.directory.Entry;
import java.util.Optional;

/** What a step of a bulk comes to once all it waited for has ended. */
sealed interface BulkTask {

  /**
   * A write.
   *
   * @param id of the resource; empty before it is created
   * @param but what a failure's detail begins with
   */
  record Writes(String endpoint, Write write, Optional<String> id, String but) implements BulkTask {
    BulkOutcome done(Optional<Entry> entry) {
      return new BulkOutcome.Done(entry.map(Entry::id).or(() -> id).orElseThrow(), entry);
    }

    BulkOutcome failed(ScimError error) {
      return new BulkOutcome.Failed(error.with(but + error.detail()), id);
    }
  }

  /** Nothing is written: it is settled how the operation ended. */
  record Over(BulkOutcome outcome) implements BulkTask {}
}
