package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who is in which user group, and on which line. */
record Relations(Handle handle) {
  private static final List<String> NUMBERS = List.of("orderNumber", "skillNumber", "lineOrder");

  /**
   * A new one.
   *
   * @param sent its fields; of a line alone
   * @return its oid
   */
  String add(Team kind, String team, String user, JsonNode sent) {
    new Teams(handle, kind).get(team);
    String oid = new Oids(handle).next();
    ObjectNode body = Json.object();
    if (kind == Team.LINE) {
      NUMBERS.forEach(field -> body.put(field, sent.path(field).asInt(0)));
      body.put("incoming", sent.path("incoming").asBoolean(false))
          .put("outgoing", sent.path("outgoing").asBoolean(false))
          .put("editable", sent.path("editable").asText("INCOMINGANDOUTGOING"));
    }
    handle
        .createUpdate(
            "INSERT INTO relations (oid, team, user, body) VALUES (:oid, :team, :user, :body)")
        .bind("oid", oid)
        .bind("team", team)
        .bind("user", user)
        .bind("body", body.toString())
        .execute();
    return oid;
  }

  boolean has(String team, String user) {
    return handle
            .createQuery("SELECT count(*) FROM relations WHERE team = :team AND user = :user")
            .bind("team", team)
            .bind("user", user)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Sets a field of one of the team's; throws {@link ApiError} if there is none. */
  void set(String team, String oid, String field, JsonNode value) {
    int changed =
        handle
            .createUpdate(
                "UPDATE relations SET body = json_set(body, '$.' || :field, json(:value))"
                    + " WHERE team = :team AND oid = :oid")
            .bind("team", team)
            .bind("oid", oid)
            .bind("field", field)
            .bind("value", value.toString())
            .execute();
    found(changed);
  }

  void remove(String team, String oid) {
    found(
        handle
            .createUpdate("DELETE FROM relations WHERE team = :team AND oid = :oid")
            .bind("team", team)
            .bind("oid", oid)
            .execute());
  }

  private static void found(int rows) {
    if (rows == 0) {
      throw ApiError.invalidObject("no such relation");
    }
  }

  /** Of a team, as it shows its users. */
  ArrayNode usersOf(Team kind, String team) {
    var users = new Users(handle);
    ArrayNode shown = Json.array();
    rows("team", team)
        .forEach(
            row -> {
              ObjectNode user = users.get(row.path("user").asText());
              ObjectNode relation = relation(kind, row);
              relation
                  .putObject("user")
                  .put("oid", user.path("oid").asText())
                  .put("objectType", Users.TYPE)
                  .put("commonName", user.path("commonName").asText());
              shown.add(relation);
            });
    return shown;
  }

  /** Of a user, as it shows its lines. */
  ArrayNode linesOf(String user) {
    var lines = new Teams(handle, Team.LINE);
    ArrayNode shown = Json.array();
    rows("user", user)
        .forEach(
            row ->
                lines
                    .find(row.path("team").asText())
                    .ifPresent(
                        line -> {
                          ObjectNode relation = relation(Team.LINE, row);
                          relation.set("line", line);
                          shown.add(relation);
                        }));
    return shown;
  }

  private static ObjectNode relation(Team kind, ObjectNode row) {
    ObjectNode relation = Json.object();
    relation.setAll((ObjectNode) row.path("body"));
    return relation.put("oid", row.path("oid").asText()).put("objectType", kind.relationType());
  }

  private List<ObjectNode> rows(String column, String value) {
    return handle
        .createQuery(
            "SELECT oid, team, user, body FROM relations WHERE "
                + column
                + " = :value ORDER BY CAST(oid AS INTEGER)")
        .bind("value", value)
        .map(
            (row, context) -> {
              ObjectNode json = Json.object().put("oid", row.getString("oid"));
              json.put("team", row.getString("team")).put("user", row.getString("user"));
              json.set("body", Json.stored(row.getString("body")));
              return json;
            })
        .list();
  }
}
