package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The stored users. */
record Users(Handle handle) {
  private static final String COLUMNS = "SELECT id, ms365, body FROM users ";

  /** What lists may be filtered and ordered by: every field they show. */
  static final Listing LISTING =
      new Listing(
          "users",
          UserFields.of(Level.V22_2).listed(),
          Map.of(
              "id", "id", "name", "name", "extension_number", "extension_number", "role", "role"),
          java.util.List.of("name", "display_name", "email", "extension_number"));

  long count() {
    return handle.createQuery("SELECT count(*) FROM users").mapTo(Long.class).one();
  }

  boolean anyWith(String column, String value) {
    return !handle
        .createQuery("SELECT 1 FROM users WHERE " + column + " = :value LIMIT 1")
        .bind("value", value)
        .mapTo(Integer.class)
        .list()
        .isEmpty();
  }

  /** Throws {@link ApiError} 404 if there is none. */
  UserRow get(String id) {
    return find(id).orElseThrow(() -> ApiError.notFound("user"));
  }

  Optional<UserRow> find(String id) {
    return one(handle.createQuery(COLUMNS + "WHERE id = :key").bind("key", id));
  }

  Optional<UserRow> named(String name) {
    return one(handle.createQuery(COLUMNS + "WHERE name = :key").bind("key", name));
  }

  /** Throws {@link ApiError} 404 if there is none. */
  UserRow at(String extension) {
    return one(handle.createQuery(COLUMNS + "WHERE extension_number = :key").bind("key", extension))
        .orElseThrow(() -> ApiError.notFound("user with that extension number"));
  }

  Optional<UserRow> boundTo(String ms365) {
    return one(handle.createQuery(COLUMNS + "WHERE ms365 = :key").bind("key", ms365));
  }

  private static Optional<UserRow> one(Query query) {
    return query
        .map(
            (row, context) ->
                new UserRow(
                    row.getString("id"),
                    Optional.ofNullable(row.getString("ms365")),
                    Json.stored(row.getString("body"))))
        .findOne();
  }

  void insert(ObjectNode body, String passwordHash) {
    handle
        .createUpdate(
            "INSERT INTO users (id, name, extension_number, role, password, body)"
                + " VALUES (:id, :name, :extension, :role, :password, :body)")
        .bind("id", body.path("id").asText())
        .bind("name", body.path("name").asText())
        .bind("extension", body.path("extension_number").asText())
        .bind("role", body.path("role").asText())
        .bind("password", passwordHash)
        .bind("body", body.toString())
        .execute();
  }

  void update(String id, ObjectNode body) {
    handle
        .createUpdate("UPDATE users SET body = :body, role = :role WHERE id = :id")
        .bind("id", id)
        .bind("role", body.path("role").asText())
        .bind("body", body.toString())
        .execute();
  }

  void changeRoles(String from, String to) {
    handle
        .createUpdate(
            "UPDATE users SET role = :to, body = json_set(body, '$.role', :to) WHERE role = :from")
        .bind("from", from)
        .bind("to", to)
        .execute();
  }

  void delete(String id) {
    handle.createUpdate("DELETE FROM users WHERE id = :id").bind("id", id).execute();
  }

  void bind(String id, Optional<String> ms365) {
    set(id, "ms365", ms365);
  }

  /** The Microsoft id of a user who is about to be destroyed stays taken. */
  void leaveBound(String ms365) {
    handle.execute("INSERT OR IGNORE INTO left_bindings (ms365) VALUES (?)", ms365);
  }

  boolean isLeftBound(String ms365) {
    return !handle
        .select("SELECT 1 FROM left_bindings WHERE ms365 = ?", ms365)
        .mapTo(Integer.class)
        .list()
        .isEmpty();
  }

  void password(String id, String hash) {
    set(id, "password", Optional.of(hash));
  }

  void balance(String id, BigDecimal balance) {
    set(id, "balance", Optional.of(balance.toPlainString()));
  }

  String password(String id) {
    return column(id, "password");
  }

  BigDecimal balance(String id) {
    return new BigDecimal(column(id, "balance"));
  }

  private void set(String id, String column, Optional<String> value) {
    handle
        .createUpdate("UPDATE users SET " + column + " = :value WHERE id = :id")
        .bind("id", id)
        .bind("value", value)
        .execute();
  }

  private String column(String id, String column) {
    return handle
        .createQuery("SELECT " + column + " FROM users WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .one();
  }
}
