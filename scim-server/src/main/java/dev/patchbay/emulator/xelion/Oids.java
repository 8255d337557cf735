package dev.patchbay.emulator.xelion;

import org.jdbi.v3.core.Handle;

/** Numbers for new objects, of whatever type. */
record Oids(Handle handle) {
  String next() {
    return handle
        .createUpdate("INSERT INTO oids DEFAULT VALUES")
        .executeAndReturnGeneratedKeys("oid")
        .mapTo(Long.class)
        .one()
        .toString();
  }
}
