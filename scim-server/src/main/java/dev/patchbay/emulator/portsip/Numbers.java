package dev.patchbay.emulator.portsip;

import org.jdbi.v3.core.Handle;

/** The extension numbers in use: a user and a service cannot be called by the same one. */
record Numbers(Handle handle, Undocumented undocumented) {

  /** For a user. */
  boolean isTaken(String extension) {
    return isUsers(extension)
        || (!undocumented.is(Otherwise.NUMBERS_SHARED) && isServices(extension));
  }

  /** For a service. */
  boolean isTakenForService(String extension) {
    return isServices(extension)
        || (!undocumented.is(Otherwise.NUMBERS_SHARED) && isUsers(extension));
  }

  private boolean isUsers(String extension) {
    return new Users(handle).anyWith("extension_number", extension);
  }

  private boolean isServices(String extension) {
    return isTaken(Service.CALL_QUEUE, extension) || isTaken(Service.RING_GROUP, extension);
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
