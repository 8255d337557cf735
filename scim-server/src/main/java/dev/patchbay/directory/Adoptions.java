package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption.Identity;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.ResourceTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What operators confirmed to be somebody's; all methods run in the caller's transaction. */
public final class Adoptions {
  private Adoptions() {}

  /** A confirmed one, and the entry it became. */
  public record Row(Adoption adoption, Optional<String> entryId) {}

  /** Confirms it; again, with another identity, unless it was taken already. */
  public static void confirm(
      Handle handle, String tenant, Adoption adoption, String operator, Instant now) {
    var identity = adoption.identity();
    handle.execute(
        "insert into adoption (tenant, type, ref, name, extension, user_name, external_id, email,"
            + " confirmed_by, confirmed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (tenant, type, ref) do update set name = excluded.name,"
            + " extension = excluded.extension, user_name = excluded.user_name,"
            + " external_id = excluded.external_id, email = excluded.email,"
            + " confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at,"
            + " entry_id = null",
        tenant,
        adoption.type().scimName(),
        adoption.ref().id(),
        adoption.name(),
        adoption.extension().orElse(null),
        identity.userName().orElse(null),
        identity.externalId().orElse(null),
        identity.email().orElse(null),
        operator,
        now.toEpochMilli());
  }

  /** Takes a confirmation back, unless it was used; false when there is none. */
  public static boolean withdraw(Handle handle, String tenant, EntryType type, PbxRef ref) {
    return handle.execute(
            "delete from adoption where tenant = ? and type = ? and ref = ? and entry_id is null",
            tenant,
            type.scimName(),
            ref.id())
        == 1;
  }

  public static List<Row> all(Handle handle, String tenant) {
    return handle
        .createQuery("select * from adoption where tenant = :tenant order by type desc, name")
        .bind("tenant", tenant)
        .map((row, context) -> row(row))
        .list();
  }

  /** Those that the create of this user may take: it is one, or nobody knows which. */
  public static List<Adoption> of(Handle handle, String tenant, ObjectNode user) {
    var number = text(user.path(ResourceTypes.PBX_USER), "extensionNumber");
    // Who names another number means somebody else.
    return confirmed(handle, tenant, user).stream()
        .distinct()
        .filter(it -> number.isEmpty() || number.equals(it.extension()))
        .toList();
  }

  private static List<Adoption> confirmed(Handle handle, String tenant, ObjectNode user) {
    var emails = new ArrayList<String>();
    user.path("emails").forEach(it -> emails.add(Attribute.folded(it.path("value").asText())));
    return handle
        .createQuery(BY_KEY.formatted(BoundList.texts(handle)))
        .bind("tenant", tenant)
        .bind("external_id", text(user, "externalId").orElse(null))
        .bind("user_name", text(user, "userName").map(Attribute::folded).orElse(null))
        .bind(BoundList.NAME, BoundList.of(emails))
        .map((row, context) -> row(row).adoption())
        .list();
  }

  private static final String OF_NOBODY =
      "select * from adoption where tenant = :tenant and type = 'User' and entry_id is null and ";

  /** One by one: each is found by an index of its own. */
  private static final String BY_KEY =
      OF_NOBODY
          + "external_id = :external_id union all "
          + OF_NOBODY
          + "external_id is null and user_name = :user_name union all "
          + OF_NOBODY
          + "external_id is null and user_name is null and email in (select bound.value from %s)";

  /** The group of this name that a create may take. */
  public static Optional<Adoption> group(Handle handle, String tenant, String name) {
    return all(handle, tenant).stream()
        .filter(row -> row.entryId().isEmpty())
        .map(Row::adoption)
        .filter(it -> it.type() == EntryType.GROUP && it.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The entry has taken it. */
  public static void link(Handle handle, String tenant, Adoption adoption, String entryId) {
    handle.execute(
        "update adoption set entry_id = ? where tenant = ? and type = ? and ref = ?",
        entryId,
        tenant,
        adoption.type().scimName(),
        adoption.ref().id());
  }

  /** What the entry has taken, if it still has it. */
  public static Optional<Adoption> takenBy(Handle handle, Entry entry) {
    return handle
        .createQuery("select * from adoption where tenant = :tenant and entry_id = :entry")
        .bind("tenant", entry.tenant())
        .bind("entry", entry.id())
        .map((row, context) -> row(row).adoption())
        .findOne()
        .filter(it -> entry.applied().ref().equals(Optional.of(it.ref())));
  }

  /** The entry did not come to be: it may be taken again. */
  public static void free(Handle handle, Entry entry) {
    handle.execute(
        "update adoption set entry_id = null where tenant = ? and entry_id = ?",
        entry.tenant(),
        entry.id());
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name).asText("")).filter(it -> !it.isEmpty());
  }

  private static Row row(ResultSet row) throws SQLException {
    var identity =
        new Identity(
            Optional.ofNullable(row.getString("external_id")),
            Optional.ofNullable(row.getString("user_name")),
            Optional.ofNullable(row.getString("email")));
    var adoption =
        new Adoption(
            EntryType.of(row.getString("type")),
            new PbxRef(row.getString("ref")),
            row.getString("name"),
            Optional.ofNullable(row.getString("extension")),
            identity);
    return new Row(adoption, Optional.ofNullable(row.getString("entry_id")));
  }
}
