package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import org.jdbi.v3.core.Handle;

/**
 * Whose a name or number is although the write that took it has not ended: it was accepted, reads
 * show it, and what the PBX makes of it may wait for a person. Only what nobody was told yet may be
 * free in a moment.
 */
record Shown(UserTarget target) {
  /** The holder as one who has it for good, where reads show that. */
  Holder holder(Handle handle, Holder holder, Reservation wanted) {
    return switch (holder) {
      case Holder.Granted granted -> granted;
      case Holder.NotOurs stranger -> stranger;
      case Holder.Taken(String id, boolean settled) ->
          new Holder.Taken(id, settled || shows(handle, id, wanted));
    };
  }

  private boolean shows(Handle handle, String id, Reservation wanted) {
    return EntryStore.find(handle, id)
        .filter(entry -> entry.life() == Life.LIVE)
        .filter(entry -> target.needed(entry.resource()).contains(wanted))
        .isPresent();
  }
}
