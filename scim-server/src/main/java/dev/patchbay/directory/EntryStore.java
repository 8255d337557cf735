package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Entries as rows; every change moves the row's epoch and only the holder of the last one wins. */
public final class EntryStore {
  private static final String CONTENT =
      "version = :version, modified_at = :modified_at, resource = :resource, folded = :folded,"
          + " applied = :applied";
  private static final String KEYS =
      "life = :life, visible = :visible, user_name = :user_name, external_id = :external_id,"
          + " display_name = :display_name, label = :label, extension = :extension,"
          + " active = :active";
  private static final String AS_CLAIMED = " where id = :id and epoch = :epoch";
  private static final String UPDATE = "update entry set " + CONTENT + AS_CLAIMED;
  private static final String UPDATE_WITH_KEYS =
      "update entry set " + CONTENT + ", " + KEYS + AS_CLAIMED;

  private EntryStore() {}

  public static Optional<Entry> find(Handle handle, String tenant, EntryType type, String id) {
    if (!StoredText.fits(id)) {
      return Optional.empty();
    }
    return handle
        .createQuery("select * from entry where id = :id and tenant = :tenant and type = :type")
        .bind("id", id)
        .bind("tenant", tenant)
        .bind("type", type.scimName())
        .map((row, context) -> entry(row))
        .findOne();
  }

  public static Optional<Entry> find(Handle handle, String id) {
    return handle
        .createQuery("select * from entry where id = :id")
        .bind("id", id)
        .map((row, context) -> entry(row))
        .findOne();
  }

  /** Every entry of a type of which a tenant has few, whether reads show it or not. */
  public static List<Entry> all(Handle handle, String tenant, EntryType type) {
    return handle
        .createQuery("select * from entry where tenant = :tenant and type = :type order by seq")
        .bind("tenant", tenant)
        .bind("type", type.scimName())
        .map((row, context) -> entry(row))
        .list();
  }

  /** Ids of the users that hold {@code value} on the PBX; reads every user of the tenant. */
  public static List<String> holding(Handle handle, String tenant, PbxField field, String value) {
    var pair = Json.text(Json.object().put(field.name(), value));
    var part = pair.substring(1, pair.length() - 1).replaceAll("[!%_]", "!$0");
    return handle
        .createQuery(
            "select * from entry where tenant = :tenant and type = 'User'"
                + " and applied like :part escape '!' order by seq")
        .bind("tenant", tenant)
        .bind("part", "%" + part + "%")
        .map((row, context) -> entry(row))
        .filter(entry -> value.equals(entry.applied().fields().get(field)))
        .map(Entry::id)
        .list();
  }

  public static void insert(Handle handle, Entry entry) {
    try (var insert =
        handle.createUpdate(
            """
            insert into entry (id, tenant, type, life, visible, version, created_at, modified_at,
              source, user_name, external_id, display_name, label, extension, active, resource,
              folded, applied, epoch)
            values (:id, :tenant, :type, :life, :visible, :version, :created_at, :modified_at,
              :source, :user_name, :external_id, :display_name, :label, :extension, :active,
              :resource, :folded, :applied, :epoch)
            """)) {
      bindContent(EntryKeys.of(entry).bind(insert), entry)
          .bind("tenant", entry.tenant())
          .bind("type", entry.type().scimName())
          .bind("created_at", entry.createdAt().toEpochMilli())
          .bind("source", entry.source())
          .execute();
    }
    insertEmails(handle, entry);
  }

  /**
   * Claims the entry for one run: its epoch moves on from {@code entry}'s, and what the run's calls
   * may change is in doubt from now on. False when somebody else claimed it since it was read, or
   * changed it without a claim, which moves its version.
   */
  public static boolean claim(Handle handle, Entry entry) {
    return handle.execute(
            "update entry set applied = ?, epoch = epoch + 1"
                + " where id = ? and epoch = ? and version = ?",
            Json.applied(entry.applied()),
            entry.id(),
            entry.epoch(),
            entry.version())
        == 1;
  }

  /** Notes what the PBX is known to hold, where the claim is still ours; false when it is not. */
  public static boolean record(Handle handle, Entry entry) {
    return handle.execute(
            "update entry set applied = ? where id = ? and epoch = ?",
            Json.applied(entry.applied()),
            entry.id(),
            entry.epoch())
        == 1;
  }

  /** Writes the entry where its epoch is still the one it was read at; false when it is not. */
  public static boolean update(Handle handle, Entry entry) {
    int rows;
    try (var update = handle.createUpdate(UPDATE)) {
      rows = bindContent(update, entry).execute();
    }
    if (rows == 1) {
      updateKeys(handle, entry);
    }
    if (rows == 1 && entry.type() == EntryType.USER) {
      updateEmails(handle, entry);
    }
    return rows == 1;
  }

  /** Apart, and only where one differs: an update rewrites the indexes of what it names. */
  private static void updateKeys(Handle handle, Entry entry) {
    try (var update =
        handle.createUpdate(
            "update entry set "
                + KEYS
                + """
                   where id = :id and (life <> :life or active is distinct from :active
                or user_name is distinct from :user_name
                or external_id is distinct from :external_id
                or display_name is distinct from :display_name
                or label is distinct from :label
                or extension is distinct from :extension)
                """)) {
      EntryKeys.of(entry).bind(update).bind("id", entry.id()).execute();
    }
  }

  /**
   * As {@link #update(Handle, Entry)}, of a row that holds what {@code before} says: keys and
   * e-mail addresses are left alone unless they change, without a look at them.
   */
  public static boolean update(Handle handle, Entry before, Entry entry) {
    var keys = EntryKeys.of(entry);
    boolean same = keys.equals(EntryKeys.of(before));
    boolean updated;
    try (var update = handle.createUpdate(same ? UPDATE : UPDATE_WITH_KEYS)) {
      updated = bindContent(same ? update : keys.bind(update), entry).execute() == 1;
    }
    if (updated && !emails(before).equals(emails(entry))) {
      replaceEmails(handle, entry);
    }
    return updated;
  }

  private static void updateEmails(Handle handle, Entry entry) {
    var before =
        handle
            .createQuery("select value from email where entry_id = :id")
            .bind("id", entry.id())
            .mapTo(String.class)
            .set();
    if (!before.equals(emails(entry))) {
      replaceEmails(handle, entry);
    }
  }

  private static void replaceEmails(Handle handle, Entry entry) {
    handle.execute("delete from email where entry_id = ?", entry.id());
    insertEmails(handle, entry);
  }

  /**
   * A new version of an entry whose rows changed while somebody else may be at the entry itself.
   */
  public static void touch(Handle handle, String id, Instant now) {
    handle.execute(
        "update entry set version = version + 1, modified_at = ? where id = ?",
        now.toEpochMilli(),
        id);
  }

  /** The entry and all that belongs to it goes; names and numbers are released apart. */
  public static void delete(Handle handle, String id) {
    handle.execute("delete from entry where id = ?", id);
  }

  private static <S extends SqlStatement<S>> S bindContent(S statement, Entry entry) {
    return statement
        .bind("id", entry.id())
        .bind("version", entry.version())
        .bind("modified_at", entry.modifiedAt().toEpochMilli())
        .bind("resource", Json.text(entry.resource()))
        .bind("folded", FoldedText.of(entry.resource()))
        .bind("applied", Json.applied(entry.applied()))
        .bind("epoch", entry.epoch());
  }

  /** Writes what an earlier release did not know of. */
  static void complete(Handle handle, Entry entry) {
    handle.execute(
        "update entry set folded = ?, active = ? where id = ?",
        FoldedText.of(entry.resource()),
        EntryKeys.active(entry.resource()),
        entry.id());
  }

  private static void insertEmails(Handle handle, Entry entry) {
    for (String value : emails(entry)) {
      handle.execute("insert into email (entry_id, value) values (?, ?)", entry.id(), value);
    }
  }

  private static Set<String> emails(Entry entry) {
    var values = new HashSet<String>();
    for (JsonNode email : entry.resource().path("emails")) {
      if (email.path("value").isTextual()) {
        values.add(Attribute.folded(email.path("value").asText()));
      }
    }
    return values;
  }

  static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("id"),
        row.getString("tenant"),
        EntryType.of(row.getString("type")),
        Life.of(row.getString("life")),
        row.getString("source"),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("modified_at")),
        Json.parse(row.getString("resource")),
        Json.applied(row.getString("applied")),
        row.getLong("epoch"));
  }
}
