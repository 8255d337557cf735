package dev.patchbay.directory;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Memberships.InGroup;
import dev.patchbay.schema.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One user with its groups, in one statement: the read that is asked for most. */
final class UserRow {
  private UserRow() {}

  /** What a user is known by, in the schema's spelling; each has an index. */
  enum Key {
    ID("id", "id"),
    USER_NAME("userName", "user_name"),
    EXTERNAL_ID("externalId", "external_id");

    private final String label;
    private final String sql;

    Key(String label, String column) {
      this.label = label;
      this.sql =
          """
          select e.id, e.version, e.created_at, e.modified_at, e.resource, e.applied, g.id, g.label,
            m.how
          from entry e
            left join member m on m.user_id = e.id and m.desired = 1
            left join entry g on g.id = m.group_id and g.visible = 1
          where e.tenant = ? and e.type = 'User' and e.visible = 1 and e.%s = ?
          """
              .formatted(column);
    }

    String label() {
      return label;
    }

    String sql() {
      return sql;
    }
  }

  /** None or one; empty if there are several, which takes more than this. */
  static Optional<List<Stored>> find(Database database, String tenant, Key key, String value) {
    return StoredText.fits(value)
        ? database.select(
            key.sql,
            List.of(tenant, value),
            rows -> rows.next() ? user(rows).map(List::of) : Optional.of(List.of()))
        : Optional.of(List.of());
  }

  /** What is the user's own is in every row, and read from the first. */
  private static Optional<Stored> user(ResultSet row) throws SQLException {
    var id = row.getString(1);
    long version = row.getLong(2);
    var created = Instant.ofEpochMilli(row.getLong(3));
    var modified = Instant.ofEpochMilli(row.getLong(4));
    var resource = row.getString(5);
    var applied = row.getString(6);
    return groups(row, id)
        .map(
            it ->
                new Stored(
                    id,
                    EntryType.USER,
                    version,
                    created,
                    modified,
                    resource,
                    applied,
                    it,
                    List.of()));
  }

  private static Optional<List<InGroup>> groups(ResultSet row, String id) throws SQLException {
    var groups = new ArrayList<InGroup>();
    do {
      if (!id.equals(row.getString(1))) {
        return Optional.empty();
      }
      var group = row.getString(7);
      if (group != null) {
        var label = Optional.ofNullable(row.getString(8)).orElse("");
        groups.add(new InGroup(id, group, label, Memberships.way(row.getInt(9))));
      }
    } while (row.next());
    groups.sort(Comparator.comparing(InGroup::groupId)); // SQL would copy the resource to sort it
    return Optional.of(groups);
  }
}
