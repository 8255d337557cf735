package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Users that were deleted and are kept on the PBX, disabled, while nothing is open on them; all
 * methods run in the caller's transaction.
 */
public final class RetainedUsers {
  private static final String REST =
      """
      from entry e where e.tenant = :tenant and e.type = 'User' and e.visible = 0
        and e.life = 'retained'
        and not exists (select 1 from journal j where j.entry_id = e.id)
      """;

  private RetainedUsers() {}

  /** Those with this userName, in whatever case, or this externalId. */
  public static List<Entry> known(
      Handle handle, String tenant, String userName, String externalId) {
    return handle
        .createQuery(
            "select e.* "
                + REST
                + " and (e.user_name = :user_name or e.external_id = :external_id) order by e.seq")
        .bind("tenant", tenant)
        .bind("user_name", Attribute.folded(userName))
        .bind("external_id", externalId)
        .map((row, context) -> EntryStore.entry(row))
        .list();
  }

  /** Ids of those that were deleted at that time or earlier. */
  public static List<String> since(Handle handle, String tenant, Instant deletedAt) {
    return handle
        .createQuery("select e.id " + REST + " and e.modified_at <= :at order by e.modified_at")
        .bind("tenant", tenant)
        .bind("at", deletedAt.toEpochMilli())
        .mapTo(String.class)
        .list();
  }
}
