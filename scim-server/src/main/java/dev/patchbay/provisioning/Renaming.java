package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.schema.ResourceTypes;

/**
 * The name that a changed user gets on the PBX, where the settings have it follow. It is one that
 * nobody has; the commit that begins the work takes it, and the former one stays taken until the
 * PBX is known to have the new one.
 */
record Renaming(Tenant tenant) {
  Wish named(String id, ObjectNode base, Wish wish) {
    var naming = tenant.mapping().naming();
    if (!naming.renames(base, wish.resource())) {
      return wish;
    }
    var named = wish.resource().deepCopy();
    named
        .withObjectProperty(ResourceTypes.PBX_USER)
        .put("pbxUserName", naming.free(wish.resource(), id, name -> isFree(name, id)));
    return wish.with(named);
  }

  /** Nobody's, or its own: that of a rename which was told to come again, say. */
  private boolean isFree(String name, String id) {
    var wanted = new Reservation(Reservation.Kind.PBX_NAME, name);
    return tenant
        .database()
        .read(handle -> tenant.reservations().holder(handle, wanted))
        .map(holder -> holder instanceof Holder.Taken taken && taken.entryId().equals(id))
        .orElse(true);
  }
}
