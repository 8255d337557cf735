package dev.patchbay.directory;

import dev.patchbay.database.Database;
import dev.patchbay.directory.NestedGroups.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Member rows; all methods run in the caller's transaction and cost what they touch. */
public final class Memberships {
  private static final int FETCHED = 500; // rows at once
  private static final String WANTED = "(desired = 1 or wish = 1)";

  private Memberships() {}

  /** The group's rows for these users. */
  public static Map<String, Membership> of(
      Handle handle, String groupId, Collection<String> userIds) {
    var found = new LinkedHashMap<String, Membership>();
    handle
        .createQuery(
            "select m.* from "
                + BoundList.texts(handle)
                + " cross join member m where m.group_id = :group and m.user_id = bound.value"
                + " and m.how <> 2")
        .bind("group", groupId)
        .bind(BoundList.NAME, BoundList.of(userIds))
        .map((row, context) -> membership(groupId, row))
        .forEach(row -> found.put(row.userId(), row));
    return found;
  }

  /** Every row of the group that is on, for changes that name no member. */
  public static List<Membership> desired(Handle handle, String groupId) {
    return handle
        .createQuery("select * from member where group_id = :group and desired = 1 and how <> 2")
        .bind("group", groupId)
        .map((row, context) -> membership(groupId, row))
        .list();
  }

  /** Every row of the group that is on somewhere. */
  public static List<Membership> all(Handle handle, String groupId) {
    return handle
        .createQuery("select * from member where group_id = :group and how <> 2")
        .bind("group", groupId)
        .map((row, context) -> membership(groupId, row))
        .list();
  }

  /** The users who were put there: reads show them as members, or open work puts them in. */
  public static List<String> users(Handle handle, String groupId) {
    return handle
        .createQuery(
            "select user_id from member where group_id = :group and " + WANTED + " and how = 0")
        .bind("group", groupId)
        .mapTo(String.class)
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
        .map((row, context) -> membership(groupId, row))
        .list();
  }

  /** The groups that a user is not known to be off everywhere in. */
  public static List<String> groupsOf(Database database, String userId) {
    return database.select(
        "select group_id from member where user_id = ?"
            + " and (maybe = 1 or desired = 1 or wish = 1 or applied = 1)",
        List.of(userId),
        rows -> {
          var groups = new ArrayList<String>();
          while (rows.next()) {
            groups.add(rows.getString(1));
          }
          return groups;
        });
  }

  /** The rows of one user in any group that are not known to be off everywhere. */
  public static List<Membership> ofUser(Handle handle, String userId) {
    return handle
        .createQuery(
            "select * from member where user_id = :user"
                + " and (maybe = 1 or desired = 1 or wish = 1 or applied = 1)")
        .bind("user", userId)
        .map((row, context) -> membership(row.getString("group_id"), row))
        .list();
  }

  /** Writes the rows; those that are off everywhere go. */
  public static void save(Handle handle, Collection<Membership> rows) {
    var kept = rows.stream().filter(Memberships::isOnSomewhere).toList();
    if (!kept.isEmpty()) {
      insert(handle, kept);
    }
    if (kept.size() < rows.size()) {
      delete(handle, rows.stream().filter(row -> !isOnSomewhere(row)).toList());
    }
  }

  /** The user is known by that name from now on, in whatever group; a run under way keeps its. */
  public static void renamed(Handle handle, String userId, String name) {
    handle.execute(
        "update member set pbx_key = ? where user_id = ? and pbx_key <> ?", name, userId, name);
  }

  /** What the PBX holds of any of the group's rows is in doubt. */
  public static void doubtAll(Handle handle, String groupId) {
    handle.execute("update member set maybe = 1 where group_id = ? and how <> 2", groupId);
  }

  private static boolean isOnSomewhere(Membership row) {
    return row.desired() || row.wish() || row.applied() || row.maybe();
  }

  private static void insert(Handle handle, List<Membership> rows) {
    handle
        .createUpdate(
            """
            insert into member (group_id, user_id, pbx_key, desired, wish, applied, maybe, how)
            select bound.value ->> 0, bound.value ->> 1, bound.value ->> 2,
              cast(bound.value ->> 3 as bigint), cast(bound.value ->> 4 as bigint),
              cast(bound.value ->> 5 as bigint), cast(bound.value ->> 6 as bigint),
              cast(bound.value ->> 7 as bigint)
            from %s where true
            on conflict (group_id, user_id) do update set desired = excluded.desired,
              wish = excluded.wish, applied = excluded.applied, maybe = excluded.maybe
            """
                .formatted(BoundList.rows(handle)))
        .bind(BoundList.NAME, BoundList.of(rows, Memberships::write))
        .execute();
  }

  private static void write(Membership row, BoundList.Row into) {
    into.add(row.groupId()).add(row.userId()).add(row.pbxKey());
    into.add(row.desired()).add(row.wish()).add(row.applied()).add(row.maybe());
    into.add(row.way() == Way.INDIRECT);
  }

  private static void delete(Handle handle, List<Membership> rows) {
    handle
        .createUpdate(
            "delete from member where (group_id, user_id) in"
                + " (select bound.value ->> 0, bound.value ->> 1 from "
                + BoundList.rows(handle)
                + ")")
        .bind(
            BoundList.NAME,
            BoundList.of(rows, (row, into) -> into.add(row.groupId()).add(row.userId())))
        .execute();
  }

  /** Calls back with every member reads show, in a stable order, row by row. */
  public static void stream(Handle handle, String groupId, Consumer<Member> member) {
    stream(handle, groupId, "desired = 1", member);
  }

  /** As {@link #stream}, with those whom open work puts in and nobody was told of. */
  public static void wanted(Handle handle, String groupId, Consumer<Member> member) {
    stream(handle, groupId, WANTED, member);
  }

  private static void stream(Handle handle, String groupId, String which, Consumer<Member> member) {
    try (var rows =
        handle
            .createQuery(
                "select user_id, label, how from member where group_id = :group and "
                    + which
                    + " and how <> 1 order by user_id")
            .bind("group", groupId)
            .setFetchSize(FETCHED)
            .map(
                (row, context) ->
                    Member.of(row.getString("user_id"), row.getString("label"), row.getInt("how")))
            .stream()) {
      rows.forEach(member);
    }
  }

  /** A group a user is in. */
  public record InGroup(String userId, String groupId, String label, Way way) {}

  /** As {@link #groupsOf(Handle, Collection)}, of one. */
  static List<InGroup> shownGroups(Database database, String userId) {
    return database.select(
        "select m.group_id, g.label, m.how from member m"
            + " join entry g on g.id = m.group_id and g.visible = 1"
            + " where m.user_id = ? and m.desired = 1 order by m.group_id",
        List.of(userId),
        rows -> {
          var groups = new ArrayList<InGroup>();
          while (rows.next()) {
            var label = Optional.ofNullable(rows.getString(2)).orElse("");
            groups.add(new InGroup(userId, rows.getString(1), label, way(rows.getInt(3))));
          }
          return groups;
        });
  }

  /** The groups of these users, in a stable order. */
  public static List<InGroup> groupsOf(Handle handle, Collection<String> userIds) {
    return handle
        .createQuery(
            "select m.user_id, m.group_id, e.label, m.how from "
                + BoundList.texts(handle)
                + " cross join member m"
                + " join entry e on e.id = m.group_id and e.visible = 1"
                + " where m.user_id = bound.value and m.desired = 1"
                + " order by m.user_id, m.group_id")
        .bind(BoundList.NAME, BoundList.of(userIds))
        .map(
            (row, context) ->
                new InGroup(
                    row.getString("user_id"),
                    row.getString("group_id"),
                    Optional.ofNullable(row.getString("label")).orElse(""),
                    way(row.getInt("how"))))
        .list();
  }

  private static Membership membership(String groupId, ResultSet row) throws SQLException {
    return new Membership(
        groupId,
        row.getString("user_id"),
        row.getString("pbx_key"),
        row.getBoolean("desired"),
        row.getBoolean("wish"),
        row.getBoolean("applied"),
        row.getBoolean("maybe"),
        way(row.getInt("how")));
  }

  static Way way(int how) {
    return how == NestedGroups.INDIRECT ? Way.INDIRECT : Way.DIRECT;
  }
}
