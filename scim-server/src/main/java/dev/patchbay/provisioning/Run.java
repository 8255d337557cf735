package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxField;
import java.util.Optional;
import java.util.Set;

/**
 * One write or recovery on a user that was taken.
 *
 * @param action the word for it in the log
 * @param entry as it was read, its doubts resolved unless {@code kind} is urgent
 * @param open what an earlier wish left to do
 * @param base what the write starts from: desired with the off-boarding part of the open wish
 * @param kept what stays wanted when the wish is refused: the base with the wish's off-boarding
 *     part
 * @param wish what is wanted; empty: the user is to go
 * @param moved the PBX fields the request moves
 */
record Run(
    Kind kind,
    Action action,
    String source,
    Entry entry,
    Optional<JournalEntry> open,
    ObjectNode base,
    ObjectNode kept,
    Optional<Wish> wish,
    Set<PbxField> moved) {

  enum Kind {
    /** A client waits for the answer. */
    REQUEST,
    /** As {@link #REQUEST}, inside the quiet time of an earlier call: only what takes away goes. */
    URGENT,
    /** The journal's own: nobody waits. */
    RECOVERY
  }

  /** Whether the request says everything about the user, and so asks again for what is blocked. */
  boolean replacing() {
    return action == Action.REPLACE;
  }

  boolean creating() {
    return entry.life().creating();
  }

  boolean deleting() {
    return wish.isEmpty();
  }

  /**
   * Whether the user is to go for its client alone, and stays on the PBX, disabled. One that was
   * taken back and is not wanted after all is kept as it was.
   */
  boolean retains(ProvisioningPolicy policy) {
    return deleting()
        && entry.applied().ref().isPresent()
        && switch (entry.life()) {
          case LIVE, DELETING -> policy.delete().retains();
          case RETAINED, REVIVING -> true;
          case CREATING, DELETED -> false;
        };
  }

  /** Whether the wish takes something away. */
  boolean takesAway() {
    return deleting() || !kept.equals(base);
  }

  Run with(Entry changed) {
    return new Run(kind, action, source, changed, open, base, kept, wish, moved);
  }

  Run with(Wish changed) {
    return new Run(kind, action, source, entry, open, base, kept, Optional.of(changed), moved);
  }

  Run with(JournalEntry saved) {
    return new Run(kind, action, source, entry, Optional.of(saved), base, kept, wish, moved);
  }

  /** A create, which takes nothing away. */
  static Run create(String source, Entry entry, Wish wish, ObjectNode asked) {
    return new Run(
        Kind.REQUEST,
        Action.CREATE,
        source,
        entry,
        Optional.empty(),
        asked,
        asked,
        Optional.of(wish),
        Set.of(PbxField.values()));
  }
}
