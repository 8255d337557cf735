package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The stored phones and speed dials of users.
 *
 * @param collection the last name in the path of the calls
 */
record Parts(Handle handle, String collection) {

  /** A stored one and whose it is. */
  record Row(String user, ObjectNode body) {}

  List<ObjectNode> of(String user) {
    return rows("user_id = :key", user).stream().map(Row::body).toList();
  }

  /** Throws {@link ApiError} 404 if the user has none with this id. */
  ObjectNode get(String user, String id) {
    return rows("id = :key", id).stream()
        .filter(row -> row.user().equals(user))
        .map(Row::body)
        .findFirst()
        .orElseThrow(() -> ApiError.notFound(collection));
  }

  /** Anybody's first with this code. */
  Optional<Row> coded(String code) {
    return rows("code = :key", code).stream().findFirst();
  }

  private List<Row> rows(String condition, String key) {
    return query("SELECT user_id, body FROM parts WHERE collection = :collection AND " + condition)
        .bind("key", key)
        .map(
            (row, context) -> new Row(row.getString("user_id"), Json.stored(row.getString("body"))))
        .list();
  }

  private Query query(String sql) {
    return handle.createQuery(sql + " ORDER BY seq").bind("collection", collection);
  }

  void insert(String user, String code, ObjectNode body) {
    handle.execute(
        "INSERT INTO parts (id, user_id, collection, code, body) VALUES (?, ?, ?, ?, ?)",
        body.path("id").asText(),
        user,
        collection,
        code,
        body.toString());
  }

  void update(String code, ObjectNode body) {
    handle.execute(
        "UPDATE parts SET code = ?, body = ? WHERE id = ?",
        code,
        body.toString(),
        body.path("id").asText());
  }

  void delete(String id) {
    handle.execute("DELETE FROM parts WHERE id = ?", id);
  }
}
