package dev.patchbay.directory;

import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Members asked for whom nobody here knows yet; all methods run in the caller's transaction and
 * cost what they touch.
 */
public final class ParkedMembers {
  /** Of one group: each read of it shows them all. */
  private static final int MOST = 10_000;

  private ParkedMembers() {}

  /**
   * Notes them; one noted before is waited for until the new expiry.
   *
   * @return whether reads show more than before
   * @throws Refusal {@code TOO_LARGE}
   */
  public static boolean park(Handle handle, String groupId, Set<String> values, Instant expiresAt) {
    if (values.isEmpty()) {
      return false;
    }
    requireFew(values.size());
    int before = count(handle, groupId);
    handle
        .createUpdate(
            "insert into parked_member (group_id, value, expires_at)"
                + " select :group, bound.value, :expires from "
                + BoundList.texts(handle)
                + " where true on conflict (group_id, value)"
                + " do update set expires_at = excluded.expires_at")
        .bind("group", groupId)
        .bind("expires", expiresAt.toEpochMilli())
        .bind(BoundList.NAME, BoundList.of(values))
        .execute();
    int after = count(handle, groupId);
    requireFew(after);
    return after > before;
  }

  private static int count(Handle handle, String groupId) {
    return handle
        .createQuery("select count(*) from parked_member where group_id = :group")
        .bind("group", groupId)
        .mapTo(Integer.class)
        .one();
  }

  private static void requireFew(int values) {
    if (values > MOST) {
      throw new Refusal(
          Kind.TOO_LARGE,
          "more than " + MOST + " of the group's members are not known here; create users first");
    }
  }

  /** Whether any of them was waited for. */
  public static boolean unpark(Handle handle, String groupId, Collection<String> values) {
    return !values.isEmpty()
        && handle
                .createUpdate(
                    "delete from parked_member where group_id = :group and value in"
                        + " (select bound.value from "
                        + BoundList.texts(handle)
                        + ")")
                .bind("group", groupId)
                .bind(BoundList.NAME, BoundList.of(values))
                .execute()
            > 0;
  }

  /** The values parked for the group, as reads show them. */
  public static List<String> of(Handle handle, String groupId) {
    return handle
        .createQuery("select value from parked_member where group_id = :group order by value")
        .bind("group", groupId)
        .mapTo(String.class)
        .list();
  }

  /** The groups that wait for a member with one of these values. */
  public static List<String> waitingFor(Handle handle, String tenant, Collection<String> values) {
    return handle
        .createQuery(
            "select distinct p.group_id from "
                + BoundList.texts(handle)
                + " cross join parked_member p join entry e on e.id = p.group_id"
                + " where p.value = bound.value and e.tenant = :tenant")
        .bind("tenant", tenant)
        .bind(BoundList.NAME, BoundList.of(values))
        .mapTo(String.class)
        .list();
  }

  /** The groups that waited long enough for somebody. */
  public static List<String> expired(Handle handle, String tenant, Instant now) {
    return handle
        .createQuery(
            "select distinct p.group_id from parked_member p join entry e on e.id = p.group_id"
                + " where p.expires_at <= :now and e.tenant = :tenant")
        .bind("tenant", tenant)
        .bind("now", now.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  /** Waits no longer for those of the group whose time is over; how many they were. */
  public static int drop(Handle handle, String groupId, Instant now) {
    return handle.execute(
        "delete from parked_member where group_id = ? and expires_at <= ?",
        groupId,
        now.toEpochMilli());
  }
}
