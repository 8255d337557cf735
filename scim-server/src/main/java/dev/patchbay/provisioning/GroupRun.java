package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Membership;
import dev.patchbay.journal.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One write or recovery on a group that was taken.
 *
 * @param wish the group resource as wanted; empty: the group is to go
 * @param rows every row about which something is to do, with its wish set
 * @param asked the users whose rows the request names; the others are left over from earlier
 */
record GroupRun(
    Run.Kind kind,
    Action action,
    String source,
    Entry entry,
    Optional<JournalEntry> open,
    Optional<ObjectNode> wish,
    List<Membership> rows,
    Set<String> asked) {

  GroupRun {
    rows = List.copyOf(rows);
    asked = Set.copyOf(asked);
  }

  boolean creating() {
    return entry.life().creating();
  }

  boolean deleting() {
    return wish.isEmpty();
  }

  /** Whether the wish takes a member out or the group away. */
  boolean takesAway() {
    return deleting() || rows.stream().anyMatch(row -> !row.wish());
  }

  /**
   * A row as reads show it from now on: what is taken away is taken whatever the PBX says. The rows
   * of a group that goes go with it, and stay if an operator takes that back.
   */
  Membership kept(Membership row) {
    return row.wish() || deleting() ? row : row.desiring(false);
  }

  List<Membership> removals() {
    return rows.stream().filter(row -> !row.holdsWish() && !row.wish()).toList();
  }

  List<Membership> additions() {
    return rows.stream().filter(row -> !row.holdsWish() && row.wish()).toList();
  }

  GroupRun with(Entry changed) {
    return new GroupRun(kind, action, source, changed, open, wish, rows, asked);
  }

  GroupRun with(JournalEntry saved) {
    return new GroupRun(kind, action, source, entry, Optional.of(saved), wish, rows, asked);
  }

  GroupRun with(List<Membership> changed) {
    return new GroupRun(kind, action, source, entry, open, wish, changed, asked);
  }
}
