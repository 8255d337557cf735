package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A target's own users, or its groups. */
final class InnerEntries {
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
