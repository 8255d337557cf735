package dev.patchbay.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.BoundList;
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
 * @param memberOf the groups that a user was taken out of because it is to go
 */
public record BeforeWork(ObjectNode resource, List<String> memberOf) {
  private static final String BLANK = " ";

  public BeforeWork {
    memberOf = List.copyOf(memberOf);
  }

  /** Notes what the entry shows before the work changes it; what is noted already is older. */
  public static void note(Handle handle, String entryId, ObjectNode resource) {
    handle.execute(
        "insert into before_work (entry_id, resource) values (?, ?) on conflict do nothing",
        entryId,
        Json.text(resource));
  }

  /** Notes, once, the groups that a user leaves because it is to go. */
  public static void noteGroups(Handle handle, String entryId, List<String> memberOf) {
    handle.execute(
        "update before_work set member_of = ? where entry_id = ? and member_of is null",
        String.join(BLANK, memberOf),
        entryId);
  }

  /** Notes that these users are out of the group whatever becomes of their own work. */
  public static void left(Handle handle, List<String> users, String groupId) {
    handle
        .createUpdate(
            "update before_work set member_of ="
                + " trim(replace(' ' || member_of || ' ', ' ' || :group || ' ', ' '))"
                + " where member_of like '%' || :group || '%' and entry_id in"
                + " (select bound.value from "
                + BoundList.texts(handle)
                + ")")
        .bind("group", groupId)
        .bind(BoundList.NAME, BoundList.of(users))
        .execute();
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
