package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.schema.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that ended in a failure of our own after their work was begun. Their senders were told
 * so: what they wished is not made true later, but for what takes away.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Database database;

  /** Entry id to the wish that is still to be turned back. */
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  Failures(Database database) {
    this.database = database;
  }

  /** The rest of a run whose work is begun. */
  <T> T turningBack(JournalEntry begun, Run.Kind kind, Supplier<T> rest) {
    try {
      return rest.get();
    } catch (Refusal | TryLater | EntryLocks.Busy answer) {
      throw answer;
    } catch (RuntimeException failure) {
      if (kind != Run.Kind.RECOVERY) {
        told.put(begun.entryId(), begun.wishSeq());
        turnBack();
      }
      throw failure;
    }
  }

  /** Turns their work back; what the store does not take now is tried again the next time. */
  void turnBack() {
    told.forEach(
        (id, wishSeq) -> {
          try {
            database.run(handle -> Journal.turnBack(handle, id, wishSeq));
            told.remove(id, wishSeq);
          } catch (RuntimeException e) {
            LOG.warn("work not turned back entry={} reason={}", id, e.getMessage());
          }
        });
  }
}
