package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Adoptions;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The users that people had on the PBX before the bridge, and that an operator confirmed. */
final class UserLinks {
  private final Tenant tenant;

  UserLinks(Tenant tenant) {
    this.tenant = tenant;
  }

  /** A confirmed user, as the PBX has it now. */
  record Link(Adoption adoption, Found<PbxUser> found) {
    Applied applied() {
      return Applied.adopted(found.ref(), found.value().fields());
    }

    private List<Reservation> keys() {
      var keys = new ArrayList<Reservation>();
      keys.add(new Reservation(Reservation.Kind.PBX_NAME, adoption.name()));
      adoption
          .extension()
          .ifPresent(number -> keys.add(new Reservation(Reservation.Kind.EXTENSION, number)));
      return keys;
    }
  }

  /** Those that the create of this person may take: it is one, or nobody knows which. */
  List<Adoption> of(Handle handle, ObjectNode body) {
    return Adoptions.of(handle, tenant.name(), body);
  }

  /**
   * The user that the create takes of those {@code confirmed}. One that the PBX lost since is
   * nobody's; one that became another's, or of which there are several, is refused.
   */
  Optional<Link> read(List<Adoption> confirmed) {
    if (confirmed.size() > 1) {
      throw conflict("userName: several users of the pbx were confirmed to be this person's");
    }
    return confirmed.stream().findFirst().flatMap(this::read);
  }

  private Optional<Link> read(Adoption adoption) {
    try {
      var found = tenant.adapter().user(adoption.ref());
      found.ifPresent(it -> check(adoption, it));
      return found.map(it -> new Link(adoption, it));
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  private static void check(Adoption adoption, Found<PbxUser> found) {
    boolean same =
        found.value().get(PbxField.NAME).equals(Optional.of(adoption.name()))
            && found.value().get(PbxField.EXTENSION).equals(adoption.extension());
    if (!same || found.managedByPbx()) {
      throw conflict(
          "userName: the user '" + adoption.name() + "' of the pbx changed since it was confirmed");
    }
  }

  private static Refusal conflict(String detail) {
    return new Refusal(Refusal.Kind.CONFLICT, detail);
  }

  /** In the commit that begins the create: the user, its name and its number are the entry's. */
  void take(Handle handle, Link link, String entryId) {
    for (Reservation key : link.keys()) {
      Allocation.check(tenant.reservations().takeOver(handle, key, entryId), key);
    }
    Adoptions.link(handle, tenant.name(), link.adoption(), entryId);
  }

  /**
   * Ends a create that was refused and had taken a user: that one stays on the PBX, as the stranger
   * it was. False: the create took none, and is undone as others are.
   */
  boolean undone(Entry entry, JournalEntry open) {
    return tenant
        .database()
        .write(
            handle -> {
              var taken = Adoptions.takenBy(handle, entry);
              taken.ifPresent(it -> undo(handle, entry, open));
              return taken.isPresent();
            });
  }

  private void undo(Handle handle, Entry entry, JournalEntry open) {
    tenant.requireUnchanged(handle, entry.id(), Optional.of(open));
    for (Reservation own : tenant.reservations().of(handle, entry.id())) {
      tenant
          .reservations()
          .release(handle, own, entry.id(), tenant.now())
          .ifPresent(heir -> Journal.due(handle, heir, tenant.now()));
      if (own.kind() == Reservation.Kind.PBX_NAME || own.kind() == Reservation.Kind.EXTENSION) {
        tenant.reservations().markStranger(handle, own);
      }
    }
    Adoptions.free(handle, entry);
    EntryStore.delete(handle, entry.id());
  }
}
