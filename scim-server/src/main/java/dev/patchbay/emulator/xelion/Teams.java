package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The stored phone lines, or the stored user groups. */
record Teams(Handle handle, Team kind) {
  String create(String name) {
    checkFree(name);
    String oid = new Oids(handle).next();
    handle
        .createUpdate("INSERT INTO teams (oid, kind, name) VALUES (:oid, :kind, :name)")
        .bind("oid", oid)
        .bind("kind", kind)
        .bind("name", name)
        .execute();
    return oid;
  }

  private void checkFree(String name) {
    if (name.isBlank()) {
      throw ApiError.invalidPayload("a name is needed");
    }
    if (list().stream().anyMatch(team -> team.path("commonName").asText().equals(name))) {
      throw ApiError.serverError("Name already exists.");
    }
  }

  void rename(String oid, String name) {
    if (!get(oid).path("commonName").asText().equals(name)) {
      checkFree(name);
    }
    handle
        .createUpdate("UPDATE teams SET name = :name WHERE oid = :oid")
        .bind("oid", oid)
        .bind("name", name)
        .execute();
  }

  void delete(String oid) {
    get(oid);
    handle.createUpdate("DELETE FROM teams WHERE oid = :oid").bind("oid", oid).execute();
  }

  /** Throws {@link ApiError} 404 if there is none. */
  ObjectNode get(String oid) {
    return find(oid).orElseThrow(() -> ApiError.notFound(kind.type()));
  }

  Optional<ObjectNode> find(String oid) {
    return list().stream().filter(team -> team.path("oid").asText().equals(oid)).findFirst();
  }

  List<ObjectNode> list() {
    return handle
        .createQuery("SELECT oid, name FROM teams WHERE kind = :kind ORDER BY CAST(oid AS INTEGER)")
        .bind("kind", kind)
        .map(
            (row, context) ->
                Json.object()
                    .put("commonName", row.getString("name"))
                    .put("oid", row.getString("oid"))
                    .put("objectType", kind.type()))
        .list();
  }
}
