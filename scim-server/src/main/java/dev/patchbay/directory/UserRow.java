package dev.patchbay.directory;

import dev.patchbay.directory.Memberships.InGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One user with its groups, in one statement: the read that is asked for most. */
final class UserRow {
  static final String SQL =
      """
      select e.id, e.version, e.created_at, e.modified_at, e.resource, e.applied, g.id, g.label
      from entry e
        left join member m on m.user_id = e.id and m.desired = 1
        left join entry g on g.id = m.group_id and g.visible = 1
      where e.id = :id and e.tenant = :tenant and e.type = 'User' and e.visible = 1
      """;

  private UserRow() {}

  static Optional<Stored> find(Handle handle, String tenant, String id) {
    return handle
        .createQuery(SQL)
        .bind("id", id)
        .bind("tenant", tenant)
        .scanResultSet(
            (rows, context) -> {
              try (context;
                  var row = rows.get()) {
                return row.next() ? Optional.of(user(row)) : Optional.<Stored>empty();
              }
            });
  }

  /** What is the user's own is in every row, and read from the first. */
  private static Stored user(ResultSet row) throws SQLException {
    var id = row.getString(1);
    long version = row.getLong(2);
    var created = Instant.ofEpochMilli(row.getLong(3));
    var modified = Instant.ofEpochMilli(row.getLong(4));
    var resource = row.getString(5);
    var applied = row.getString(6);
    var groups = groups(row, id);
    return new Stored(
        id, EntryType.USER, version, created, modified, resource, applied, groups, List.of());
  }

  private static List<InGroup> groups(ResultSet row, String id) throws SQLException {
    var groups = new ArrayList<InGroup>();
    do {
      var group = row.getString(7);
      if (group != null) {
        groups.add(new InGroup(id, group, Optional.ofNullable(row.getString(8)).orElse("")));
      }
    } while (row.next());
    groups.sort(Comparator.comparing(InGroup::groupId)); // SQL would copy the resource to sort it
    return groups;
  }
}
