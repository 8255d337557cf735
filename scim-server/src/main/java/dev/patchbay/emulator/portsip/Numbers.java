package dev.patchbay.emulator.portsip;

import org.jdbi.v3.core.Handle;

/** The extension numbers in use: a user and a service cannot be called by the same one. */
record Numbers(Handle handle) {

  boolean isTaken(String extension) {
    return new Users(handle).anyWith("extension_number", extension)
        || isTaken(Service.CALL_QUEUE, extension)
        || isTaken(Service.RING_GROUP, extension);
  }

  private boolean isTaken(Service kind, String extension) {
    return handle
        .createQuery(
            "SELECT 1 FROM " + kind.table() + " WHERE body ->> '$.extension_number' = :number")
        .bind("number", extension)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }
}
