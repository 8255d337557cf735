package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The stored users; a body has every readable column and what proves the password. */
record Users(Handle handle) {
  static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS users (
        contact_id INTEGER PRIMARY KEY AUTOINCREMENT,
        uname TEXT NOT NULL UNIQUE,
        owned_extension TEXT UNIQUE,
        company TEXT NOT NULL,
        password TEXT NOT NULL,
        body TEXT NOT NULL);
      """;

  private static final String SELECT = "SELECT contact_id, password, body FROM users ";

  /**
   * A stored user.
   *
   * @param password a hash of one kind or the other
   */
  record Row(long id, String password, ObjectNode body) {
    String company() {
      return body.path("company").asText();
    }

    Role role() {
      return Role.of(body.path("roleid").asInt());
    }

    /** With its key, as reads show it. */
    ObjectNode shown() {
      return Json.object().put("contact_id", id).setAll(body);
    }
  }

  List<Row> all() {
    return handle
        .createQuery(SELECT + "ORDER BY contact_id")
        .map(
            (row, context) ->
                new Row(
                    row.getLong("contact_id"),
                    row.getString("password"),
                    Json.stored(row.getString("body"))))
        .list();
  }

  /** The one with that id or, of a text, that name or number: what is looked up by an index. */
  List<Row> having(String column, String value) {
    return handle
        .createQuery(SELECT + "WHERE " + column + " = :value")
        .bind("value", value)
        .map(
            (row, context) ->
                new Row(
                    row.getLong("contact_id"),
                    row.getString("password"),
                    Json.stored(row.getString("body"))))
        .list();
  }

  long insert(ObjectNode body, String password) {
    return handle
        .createUpdate(
            "INSERT INTO users (uname, owned_extension, company, password, body)"
                + " VALUES (:uname, :extension, :company, :password, :body)")
        .bind("uname", body.path("uname").asText())
        .bind("extension", extension(body))
        .bind("company", body.path("company").asText())
        .bind("password", password)
        .bind("body", body.toString())
        .executeAndReturnGeneratedKeys("contact_id")
        .mapTo(Long.class)
        .one();
  }

  void update(Row row) {
    handle
        .createUpdate(
            "UPDATE users SET uname = :uname, owned_extension = :extension, password = :password,"
                + " body = :body WHERE contact_id = :id")
        .bind("id", row.id())
        .bind("uname", row.body().path("uname").asText())
        .bind("extension", extension(row.body()))
        .bind("password", row.password())
        .bind("body", row.body().toString())
        .execute();
  }

  void delete(long id) {
    handle.createUpdate("DELETE FROM users WHERE contact_id = :id").bind("id", id).execute();
  }

  private static Optional<String> extension(ObjectNode body) {
    return Optional.of(body.path("owned_extension").asText("")).filter(it -> !it.isEmpty());
  }
}
