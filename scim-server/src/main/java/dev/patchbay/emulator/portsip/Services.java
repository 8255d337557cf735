package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The stored services of one kind, and who belongs to them in which order. */
record Services(Handle handle, Service kind) {

  /** Throws {@link ApiError} 404 if there is none. */
  ObjectNode get(String id) {
    return handle
        .createQuery("SELECT body FROM " + kind.table() + " WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(Json::stored)
        .orElseThrow(() -> ApiError.notFound("service"));
  }

  void insert(ObjectNode body) {
    handle
        .createUpdate("INSERT INTO " + kind.table() + " (id, body) VALUES (:id, :body)")
        .bind("id", body.path("id").asText())
        .bind("body", body.toString())
        .execute();
  }

  void delete(String id) {
    clear(id);
    handle.createUpdate("DELETE FROM " + kind.table() + " WHERE id = ?").bind(0, id).execute();
  }

  List<ObjectNode> members(String id) {
    return handle
        .createQuery(
            "SELECT u.id, u.ms365, u.body, m.skill FROM service_members m"
                + " JOIN users u ON u.id = m.user_id WHERE m.service_id = :id ORDER BY m.place")
        .bind("id", id)
        .map(
            (row, context) ->
                kind.shown(
                    new UserRow(
                        row.getString("id"), Optional.empty(), Json.stored(row.getString("body"))),
                    row.getInt("skill")))
        .list();
  }

  /** Whoever is not named belongs to it no longer. */
  void replaceMembers(String id, JsonNode items) {
    clear(id);
    int place = 0;
    for (JsonNode item : items) {
      handle
          .createUpdate(
              "INSERT OR IGNORE INTO service_members (service_id, user_id, place, skill)"
                  + " VALUES (:id, :user, :place, :skill)")
          .bind("id", id)
          .bind("user", new Users(handle).at(extension(item)).id())
          .bind("place", place++)
          .bind("skill", item.path("skill_level").asInt(1))
          .execute();
    }
  }

  private String extension(JsonNode item) {
    return kind.hasExtension() ? item.path("extension_number").asText() : item.asText();
  }

  private void clear(String id) {
    handle.createUpdate("DELETE FROM service_members WHERE service_id = ?").bind(0, id).execute();
  }

  /** Those a user belongs to. */
  List<ObjectNode> of(String userId) {
    return handle
        .createQuery(
            "SELECT s.body FROM service_members m JOIN "
                + kind.table()
                + " s ON s.id = m.service_id WHERE m.user_id = :user ORDER BY s.seq")
        .bind("user", userId)
        .mapTo(String.class)
        .map(Services::brief)
        .list();
  }

  private static ObjectNode brief(String body) {
    var stored = Json.stored(body);
    return stored.retain("id", "name", "extension_number");
  }
}
