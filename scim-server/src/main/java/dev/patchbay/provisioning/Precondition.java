package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.schema.Refusal;
import java.util.Optional;

/** Whether a write may touch the version that is there. */
final class Precondition {
  private Precondition() {}

  /**
   * While its own wish is open and was not accepted, a source may name the version that wish was
   * made from as well: part of it may have been kept, and its repeat is no lost update.
   */
  static void check(IfMatch ifMatch, String source, Entry entry, Optional<JournalEntry> open) {
    boolean base =
        open.filter(work -> work.source().equals(source))
            .filter(work -> ifMatch.matches(work.baseVersion()))
            .isPresent();
    if (!base && !ifMatch.matches(entry.version())) {
      throw new Refusal(
          Refusal.Kind.PRECONDITION_FAILED, "the resource is at version " + entry.etag());
    }
  }
}
