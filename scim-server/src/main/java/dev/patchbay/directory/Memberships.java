package dev.patchbay.directory;

import dev.patchbay.schema.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Member rows; all methods run in the caller's transaction and cost what they touch. */
public final class Memberships {
  private static final int BATCH = 500; // below SQLite's limit on bound values

  /**
   * An expression, which no index has. SQLite keeps no statistics and takes a tenant for ten
   * entries: rather than look up five identifiers it would walk all 100,000.
   */
  private static final String OF_TENANT = "tenant || '' = :tenant";

  private Memberships() {}

  /** The group's rows for these users. */
  public static Map<String, Membership> of(
      Handle handle, String groupId, Collection<String> userIds) {
    var found = new LinkedHashMap<String, Membership>();
    for (List<String> part : parts(userIds)) {
      handle
          .createQuery("select * from member where group_id = :group and user_id in (<users>)")
          .bind("group", groupId)
          .bindList("users", part)
          .map((row, context) -> membership(row))
          .forEach(row -> found.put(row.userId(), row));
    }
    return found;
  }

  /** Every row of the group that is on, for changes that name no member. */
  public static List<Membership> desired(Handle handle, String groupId) {
    return handle
        .createQuery("select * from member where group_id = :group and desired = 1")
        .bind("group", groupId)
        .map((row, context) -> membership(row))
        .list();
  }

  /**
   * The group's rows about which something is open. The group is compared as an expression, which
   * no index has: SQLite would walk all of the group by its key, where member_open has the few rows
   * that are open anywhere.
   */
  public static List<Membership> open(Handle handle, String groupId) {
    return handle
        .createQuery(
            "select * from member where group_id || '' = :group"
                + " and (maybe = 1 or desired <> applied or wish <> desired)")
        .bind("group", groupId)
        .map((row, context) -> membership(row))
        .list();
  }

  /** The rows of one user in any group that are not known to be off everywhere. */
  public static List<Membership> ofUser(Handle handle, String userId) {
    return handle
        .createQuery(
            "select * from member where user_id = :user"
                + " and (maybe = 1 or desired = 1 or wish = 1 or applied = 1)")
        .bind("user", userId)
        .map((row, context) -> membership(row))
        .list();
  }

  /** Writes the rows; those that are off everywhere go. */
  public static void save(Handle handle, Collection<Membership> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (var batch =
        handle.prepareBatch(
            """
            insert into member (group_id, user_id, pbx_key, desired, wish, applied, maybe)
            values (:groupId, :userId, :pbxKey, :desired, :wish, :applied, :maybe)
            on conflict (group_id, user_id) do update set pbx_key = excluded.pbx_key,
              desired = excluded.desired, wish = excluded.wish, applied = excluded.applied,
              maybe = excluded.maybe
            """)) {
      for (Membership row : rows) {
        batch
            .bind("groupId", row.groupId())
            .bind("userId", row.userId())
            .bind("pbxKey", row.pbxKey())
            .bind("desired", row.desired() ? 1 : 0)
            .bind("wish", row.wish() ? 1 : 0)
            .bind("applied", row.applied() ? 1 : 0)
            .bind("maybe", row.maybe() ? 1 : 0)
            .add();
      }
      batch.execute();
    }
    for (Membership row : rows) {
      if (!row.desired() && !row.wish() && !row.applied() && !row.maybe()) {
        handle.execute(
            "delete from member where group_id = ? and user_id = ?", row.groupId(), row.userId());
      }
    }
  }

  /** Users among these ids that reads show, with the extension each has. */
  public static Map<String, String> users(Handle handle, String tenant, Collection<String> ids) {
    var found = new LinkedHashMap<String, String>();
    for (List<String> part : parts(ids)) {
      handle
          .createQuery(
              "select id, extension from entry where id in (<ids>) and type = 'User'"
                  + " and life = 'live' and "
                  + OF_TENANT)
          .bind("tenant", tenant)
          .bindList("ids", part)
          .map(
              (row, context) ->
                  Map.entry(
                      row.getString("id"),
                      Optional.ofNullable(row.getString("extension")).orElse("")))
          .forEach(user -> found.put(user.getKey(), user.getValue()));
    }
    return found;
  }

  /** Whether one of these ids is a group's. */
  public static boolean anyGroup(Handle handle, String tenant, Collection<String> ids) {
    return parts(ids).stream()
        .anyMatch(
            part ->
                handle
                        .createQuery(
                            "select count(*) from entry where id in (<ids>) and type = 'Group'"
                                + " and "
                                + OF_TENANT)
                        .bind("tenant", tenant)
                        .bindList("ids", part)
                        .mapTo(Integer.class)
                        .one()
                    > 0);
  }

  /**
   * Users that reads show, by these externalIds: externalId to id.
   *
   * @throws Refusal {@code INVALID_VALUE} for one that several have: who is meant is not known
   */
  public static Map<String, String> usersByExternalId(
      Handle handle, String tenant, Collection<String> externalIds) {
    var found = new LinkedHashMap<String, String>();
    for (String value : externalIds) {
      userByExternalId(handle, tenant, value).ifPresent(id -> found.put(value, id));
    }
    return found;
  }

  /** One by one, since for many SQLite would walk all users instead of the index. */
  private static Optional<String> userByExternalId(Handle handle, String tenant, String value) {
    var found =
        handle
            .createQuery(
                "select id from entry where tenant = :tenant and type = 'User' and visible = 1"
                    + " and external_id = :value and life = 'live' limit 2")
            .bind("tenant", tenant)
            .bind("value", value)
            .mapTo(String.class)
            .list();
    if (found.size() > 1) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "members: " + Refusal.quoted(value) + " is the externalId of several users");
    }
    return found.stream().findFirst();
  }

  /** Calls back with id and label of every member reads show, in a stable order, row by row. */
  public static void stream(Handle handle, String groupId, BiConsumer<String, String> member) {
    try (var rows =
        handle
            .createQuery(
                "select user_id, label from member"
                    + " where group_id = :group and desired = 1 order by user_id")
            .bind("group", groupId)
            .setFetchSize(BATCH)
            .map(
                (row, context) ->
                    Map.entry(
                        row.getString("user_id"),
                        Optional.ofNullable(row.getString("label")).orElse("")))
            .stream()) {
      rows.forEach(row -> member.accept(row.getKey(), row.getValue()));
    }
  }

  /** A group a user is in. */
  public record InGroup(String userId, String groupId, String label) {}

  /** The groups of these users. */
  public static List<InGroup> groupsOf(Handle handle, Collection<String> userIds) {
    return parts(userIds).stream()
        .flatMap(
            part ->
                handle
                    .createQuery(
                        "select m.user_id, m.group_id, e.label from member m"
                            + " join entry e on e.id = m.group_id and e.visible = 1"
                            + " where m.user_id in (<users>) and m.desired = 1"
                            + " order by m.user_id, m.group_id")
                    .bindList("users", part)
                    .map(
                        (row, context) ->
                            new InGroup(
                                row.getString("user_id"),
                                row.getString("group_id"),
                                Optional.ofNullable(row.getString("label")).orElse("")))
                    .list()
                    .stream())
        .toList();
  }

  /**
   * Notes members nobody here knows yet; one noted before is waited for until the new expiry. Those
   * of the group that have expired go.
   *
   * @return whether reads show more than before
   */
  public static boolean park(
      Handle handle, String groupId, Set<String> values, Instant now, Instant expiresAt) {
    if (values.isEmpty()) {
      return false;
    }
    boolean more = !Set.copyOf(parked(handle, groupId, now)).containsAll(values);
    handle.execute(
        "delete from parked_member where group_id = ? and expires_at <= ?",
        groupId,
        now.toEpochMilli());
    try (var batch =
        handle.prepareBatch(
            "insert into parked_member (group_id, value, expires_at) values (?, ?, ?) on conflict"
                + " (group_id, value) do update set expires_at = excluded.expires_at")) {
      values.forEach(value -> batch.add(groupId, value, expiresAt.toEpochMilli()));
      batch.execute();
    }
    return more;
  }

  /** Whether any of them was waited for. */
  public static boolean unpark(Handle handle, String groupId, Collection<String> values) {
    int rows = 0;
    for (List<String> part : parts(values)) {
      rows +=
          handle
              .createUpdate(
                  "delete from parked_member where group_id = :group and value in (<values>)")
              .bind("group", groupId)
              .bindList("values", part)
              .execute();
    }
    return rows > 0;
  }

  /** The values parked for the group that have not expired. */
  public static List<String> parked(Handle handle, String groupId, Instant now) {
    return handle
        .createQuery(
            "select value from parked_member where group_id = :group and expires_at > :now"
                + " order by value")
        .bind("group", groupId)
        .bind("now", now.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  /** The groups that wait for a member with one of these values. */
  public static List<String> waitingFor(
      Handle handle, String tenant, Collection<String> values, Instant now) {
    return handle
        .createQuery(
            "select distinct p.group_id from parked_member p join entry e on e.id = p.group_id"
                + " where p.value in (<values>) and p.expires_at > :now and e."
                + OF_TENANT)
        .bind("tenant", tenant)
        .bindList("values", List.copyOf(values))
        .bind("now", now.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  private static List<List<String>> parts(Collection<String> ids) {
    var all = List.copyOf(ids);
    return IntStream.iterate(0, from -> from < all.size(), from -> from + BATCH)
        .mapToObj(from -> all.subList(from, Math.min(from + BATCH, all.size())))
        .toList();
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return new Membership(
        row.getString("group_id"),
        row.getString("user_id"),
        row.getString("pbx_key"),
        row.getBoolean("desired"),
        row.getBoolean("wish"),
        row.getBoolean("applied"),
        row.getBoolean("maybe"));
  }
}
