package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.journal.JournalEntry;
import java.util.Optional;

/**
 * What commit 2 writes, and the answer.
 *
 * @param open the work that stays open; empty closes the journal entry
 * @param answer why the client is refused; empty is success
 * @param forget whether the entry goes, with its names and numbers
 */
record Settled(
    Entry entry, Optional<JournalEntry> open, Optional<RuntimeException> answer, boolean forget) {

  static Settled accepted(Entry entry, Optional<JournalEntry> open) {
    return new Settled(entry, open, Optional.empty(), false);
  }

  static Settled refused(Entry entry, Optional<JournalEntry> open, RuntimeException answer) {
    return new Settled(entry, open, Optional.of(answer), false);
  }

  /** The entry is gone from the PBX, or never came to be. */
  static Settled forgotten(Entry entry, Optional<RuntimeException> answer) {
    return new Settled(entry, Optional.empty(), answer, true);
  }

  /**
   * Whether the wish counts from now on, with its secrets: a request's as soon as it is accepted,
   * that of one who was not answered once it is done. Of any other, secrets that were set count.
   */
  boolean tellsTargets(Run.Kind kind) {
    return answer.isEmpty()
        && switch (kind) {
          case REQUEST, URGENT -> true;
          case RECOVERY -> open.isEmpty();
        };
  }
}
