package dev.patchbay.directory;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Memberships.InGroup;
import dev.patchbay.schema.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The selects behind {@link Directory}. */
final class EntryRows {
  private static final String COLUMNS =
      "entry.seq, entry.id, entry.type, entry.version, entry.created_at, entry.modified_at,"
          + " entry.resource, entry.applied";

  private static final int BATCH = 500; // below SQLite's limit on bound values

  private EntryRows() {}

  /** An entry, and where it stands in the list it was found by. */
  record Placed(Stored entry, long seq, Optional<String> key) {}

  static Optional<Stored> find(Handle handle, String tenant, EntryType type, String id) {
    if (!StoredText.fits(id)) {
      return Optional.empty();
    }
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from entry where id = :id and tenant = :tenant and type = :type"
                + " and visible = 1")
        .bind("id", id)
        .bind("tenant", tenant)
        .bind("type", type.scimName())
        .map((row, context) -> stored(row))
        .findOne();
  }

  /** In the order of creation, or against it. */
  static String bySeq(String where, boolean ascending) {
    return "select "
        + COLUMNS
        + " from entry where "
        + where
        + " order by entry.seq"
        + (ascending ? "" : " desc")
        + " limit :limit offset :offset";
  }

  /**
   * In the order of {@code key}, or against it. Places first, then entries: who sorts shall not
   * carry resources around.
   */
  static String byKey(String key, String where, boolean ascending) {
    var direction = ascending ? "" : " desc";
    var nulls = ascending ? " nulls last" : " nulls first";
    return "select p.key, "
        + COLUMNS
        + " from (select entry.seq as seq, "
        + key
        + " as key from entry where "
        + where
        + " order by "
        + key
        + direction
        + nulls
        + ", entry.seq"
        + direction
        + " limit :limit offset :offset) p"
        + " join entry on entry.seq = p.seq"
        + " order by p.key"
        + direction
        + nulls
        + ", p.seq"
        + direction;
  }

  static Placed placed(ResultSet row, boolean sorted) throws SQLException {
    var key = sorted ? Optional.ofNullable(row.getString("key")) : Optional.<String>empty();
    return new Placed(stored(row), row.getLong("seq"), key);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getString("id"),
        EntryType.of(row.getString("type")),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("modified_at")),
        row.getString("resource"),
        row.getString("applied"),
        List.of(),
        List.of());
  }

  static List<Stored> withGroups(Handle handle, List<Stored> users) {
    var groups =
        Memberships.groupsOf(handle, users.stream().map(Stored::id).toList()).stream()
            .collect(Collectors.groupingBy(InGroup::userId));
    return users.stream()
        .map(it -> it.with(groups.getOrDefault(it.id(), List.of()), List.of()))
        .toList();
  }

  static List<Stored> withParked(Handle handle, List<Stored> groups) {
    var parked = parked(handle, groups.stream().map(Stored::id).toList());
    return groups.stream()
        .map(it -> it.with(List.of(), parked.getOrDefault(it.id(), List.of())))
        .toList();
  }

  private record Parked(String groupId, String value) {}

  private static Map<String, List<String>> parked(Handle handle, List<String> groupIds) {
    var found = new HashMap<String, List<String>>();
    for (int from = 0; from < groupIds.size(); from += BATCH) {
      found.putAll(
          parkedOf(handle, groupIds.subList(from, Math.min(from + BATCH, groupIds.size()))));
    }
    return found;
  }

  private static Map<String, List<String>> parkedOf(Handle handle, Collection<String> groupIds) {
    return handle
        .createQuery(
            "select group_id, value from parked_member"
                + " where group_id in (<groups>) order by group_id, value")
        .bindList("groups", List.copyOf(groupIds))
        .map((row, context) -> new Parked(row.getString("group_id"), row.getString("value")))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Parked::groupId, Collectors.mapping(Parked::value, Collectors.toList())));
  }

  static final String MEMBERS =
      "select user_id, label, how from member"
          + " where group_id = ? and user_id > ? and desired = 1 and how <> 1"
          + " order by user_id limit ?";

  /** The members of a group that follow the one named {@code after}. */
  static List<Member> members(Database database, String groupId, String after, int count) {
    return database.select(
        MEMBERS,
        List.of(groupId, after, count),
        rows -> {
          var members = new ArrayList<Member>();
          while (rows.next()) {
            members.add(Member.of(rows.getString(1), rows.getString(2), rows.getInt(3)));
          }
          return members;
        });
  }
}
