package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The stored user groups and who is in them. */
record Groups(Handle handle) {
  static final FieldSet FIELDS =
      new FieldSet(
          List.of(
              Field.own("id", Use.LIST),
              Field.listed("name", Form.text(1, 64)).required(),
              Field.listed("description", Form.text(1024)),
              Field.setting("outbound_caller_ids", NestedForms.GROUP_CALLER_IDS).or(Json.array())));

  static final Listing LISTING =
      new Listing(
          "user_groups",
          FIELDS.listed(),
          Map.of("id", "id", "name", "name"),
          List.of("name", "description"));

  private static final FieldSet MEMBER =
      new FieldSet(
          List.of(
              Field.own("id"),
              Field.own("name"),
              Field.own("display_name"),
              Field.own("extension_number")));

  /** A member as the groups show it. */
  static ObjectNode member(UserRow user) {
    return MEMBER.read(user.body());
  }

  /** What is left of one who was destroyed. */
  static ObjectNode leftMember(String extension) {
    return MEMBER.read(Json.object().put("extension_number", extension));
  }

  ObjectNode get(String id) {
    return handle
        .createQuery("SELECT body FROM user_groups WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(Json::stored)
        .orElseThrow(() -> ApiError.notFound("group"));
  }

  Optional<String> idOf(String name) {
    return handle
        .createQuery("SELECT id FROM user_groups WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findFirst();
  }

  void insert(ObjectNode body) {
    write("INSERT INTO user_groups (id, name, body) VALUES (:id, :name, :body)", body);
  }

  void update(ObjectNode body) {
    write("UPDATE user_groups SET name = :name, body = :body WHERE id = :id", body);
  }

  private void write(String sql, ObjectNode body) {
    handle
        .createUpdate(sql)
        .bind("id", body.path("id").asText())
        .bind("name", body.path("name").asText())
        .bind("body", body.toString())
        .execute();
  }

  void delete(String id) {
    handle.createUpdate("DELETE FROM user_groups WHERE id = :id").bind("id", id).execute();
  }

  List<ObjectNode> members(String id) {
    var left =
        handle
            .select("SELECT extension_number FROM left_members WHERE group_id = ?", id)
            .mapTo(String.class)
            .list()
            .stream()
            .map(Groups::leftMember);
    var present =
        handle
            .createQuery(
                "SELECT u.body FROM members m JOIN users u ON u.id = m.user_id"
                    + " WHERE m.group_id = :id ORDER BY u.seq")
            .bind("id", id)
            .mapTo(String.class)
            .list()
            .stream()
            .map(body -> MEMBER.read(Json.stored(body)));
    return Stream.concat(present, left).toList();
  }

  boolean hasMember(String id, UserRow user) {
    return !handle
        .createQuery("SELECT 1 FROM members WHERE group_id = :group AND user_id = :user")
        .bind("group", id)
        .bind("user", user.id())
        .mapTo(Integer.class)
        .list()
        .isEmpty();
  }

  void add(String id, UserRow user) {
    change("INSERT OR IGNORE INTO members (group_id, user_id) VALUES (:group, :user)", id, user);
  }

  /** Whether the user was in. */
  boolean remove(String id, UserRow user) {
    return change("DELETE FROM members WHERE group_id = :group AND user_id = :user", id, user) > 0;
  }

  /** The number of a user who is about to be destroyed stays in the groups. */
  void leave(UserRow user) {
    handle.execute(
        "INSERT OR IGNORE INTO left_members (group_id, extension_number)"
            + " SELECT group_id, ? FROM members WHERE user_id = ?",
        user.extension(),
        user.id());
  }

  /** Whoever has a number that was left in groups is in them. */
  void inherit(UserRow user) {
    handle.execute(
        "INSERT INTO members (group_id, user_id)"
            + " SELECT group_id, ? FROM left_members WHERE extension_number = ?",
        user.id(),
        user.extension());
    handle.execute("DELETE FROM left_members WHERE extension_number = ?", user.extension());
  }

  /** Whether nobody has the number any more, and it was left in the group. */
  boolean isLeft(String id, String extension) {
    return !handle
        .select(
            "SELECT 1 FROM left_members WHERE group_id = ? AND extension_number = ?", id, extension)
        .mapTo(Integer.class)
        .list()
        .isEmpty();
  }

  void forget(String id, String extension) {
    handle.execute(
        "DELETE FROM left_members WHERE group_id = ? AND extension_number = ?", id, extension);
  }

  private int change(String sql, String id, UserRow user) {
    return handle.createUpdate(sql).bind("group", id).bind("user", user.id()).execute();
  }
}
