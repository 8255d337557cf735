package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A target's own users, or its groups. */
final class InnerEntries {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Reservations names;
  private final Reservation.Kind kind;

  InnerEntries(Target target, Reservation.Kind kind) {
    this.names = new Reservations(target.tenant());
    this.kind = kind;
  }

  /** The one that follows; one whose making was not heard of any more is found by its name. */
  Optional<Entry> of(Handle handle, Followed row) {
    return row.innerId()
        .flatMap(it -> EntryStore.find(handle, it))
        .or(
            () ->
                Optional.of(row.name())
                    .filter(it -> !it.isEmpty())
                    .flatMap(it -> named(handle, it))
                    .filter(it -> !FollowedRows.isAnothers(handle, row, it.id())));
  }

  /**
   * Before a name is noted by which its own is found: nobody else's is found by it. Whoever is kept
   * for a return is left to the target to judge.
   *
   * @param before as it was read
   * @param row with the name
   * @throws Refusal {@code UNIQUENESS} if somebody has the name there, or has left it there
   */
  void requireFree(Handle handle, Followed before, Followed row) {
    var own = of(handle, before).map(Entry::id);
    var there =
        named(handle, row.name())
            .filter(it -> it.life() != Life.RETAINED)
            .filter(it -> !own.equals(Optional.of(it.id())));
    if (there.isEmpty()) {
      return;
    }
    if (there.get().life().creating() || FollowedRows.isBegunByAnother(handle, row)) {
      throw TryLater.unavailable(SOON, "somebody else of that name is made there at this moment");
    }
    throw new Refusal(
        Refusal.Kind.UNIQUENESS, Refusal.quoted(row.name()) + " is somebody else's name there");
  }

  private Optional<Entry> named(Handle handle, String name) {
    return names
        .holder(handle, new Reservation(kind, name))
        .flatMap(
            it ->
                it instanceof Holder.Taken taken
                    ? EntryStore.find(handle, taken.entryId())
                    : Optional.empty());
  }
}
