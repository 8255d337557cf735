package dev.patchbay.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an entry was before its open work: kept as long as the work is open, where reads show
 * something else by now, so that an operator can take the work back.
 *
 * @param memberOf the groups of a user that is to go
 */
public record BeforeWork(ObjectNode resource, List<String> memberOf) {
  private static final String BLANK = " ";

  public BeforeWork {
    memberOf = List.copyOf(memberOf);
  }

  /** Notes what the entry shows before the work changes it; what is noted already is older. */
  public static void note(Handle handle, String entryId, ObjectNode resource) {
    save(handle, entryId, resource, null);
  }

  /** As {@link #note(Handle, String, ObjectNode)}, of a user that is to go. */
  public static void note(
      Handle handle, String entryId, ObjectNode resource, List<String> memberOf) {
    save(handle, entryId, resource, String.join(BLANK, memberOf));
  }

  private static void save(
      Handle handle, String entryId, ObjectNode resource, @Nullable String memberOf) {
    handle.execute(
        "insert into before_work (entry_id, resource, member_of) values (?, ?, ?)"
            + " on conflict (entry_id) do update set member_of = excluded.member_of"
            + " where before_work.member_of is null",
        entryId,
        Json.text(resource),
        memberOf);
  }

  /** Empty: reads show what they showed before. */
  public static Optional<BeforeWork> find(Handle handle, String entryId) {
    return handle
        .createQuery("select resource, member_of from before_work where entry_id = :id")
        .bind("id", entryId)
        .map(
            (row, context) ->
                new BeforeWork(
                    Json.parse(row.getString("resource")), groups(row.getString("member_of"))))
        .findOne();
  }

  private static List<String> groups(@Nullable String memberOf) {
    return memberOf == null || memberOf.isEmpty()
        ? List.of()
        : Arrays.asList(memberOf.split(BLANK));
  }
}
