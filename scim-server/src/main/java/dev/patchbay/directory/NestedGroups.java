package dev.patchbay.directory;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Groups that belong to groups: rows of the same table, about which nothing is ever open. All
 * methods run in the caller's transaction and cost what they touch.
 */
public final class NestedGroups {
  static final int INDIRECT = 1; // as it is stored

  private NestedGroups() {}

  /** The groups that belong to this one itself. */
  public static List<String> inner(Handle handle, String group) {
    return handle
        .createQuery("select user_id from member where how = 2 and group_id = :group")
        .bind("group", group)
        .mapTo(String.class)
        .list();
  }

  /** The groups that this one belongs to itself. */
  public static List<String> outer(Handle handle, String group) {
    return handle
        .createQuery("select group_id from member where user_id = :group and how = 2")
        .bind("group", group)
        .mapTo(String.class)
        .list();
  }

  /** The groups that this one belongs to itself or by others; most belong to none. */
  public static Set<String> above(Handle handle, String group) {
    var above = new LinkedHashSet<String>();
    var next = new ArrayDeque<>(outer(handle, group));
    while (!next.isEmpty()) {
      var one = next.remove();
      if (above.add(one)) {
        next.addAll(outer(handle, one));
      }
    }
    return above;
  }

  /** Whether {@code wanted} is {@code group} itself, belongs to it or to one that does. */
  public static boolean holds(Handle handle, String group, String wanted) {
    return group.equals(wanted) || above(handle, wanted).contains(group);
  }

  public static void add(Handle handle, String group, Collection<String> inner) {
    if (inner.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "insert into member (group_id, user_id, pbx_key, desired, wish, applied, maybe, how)"
                + " select :group, bound.value, '', 1, 1, 1, 0, 2 from "
                + BoundList.texts(handle)
                + " where true on conflict (group_id, user_id) do nothing")
        .bind("group", group)
        .bind(BoundList.NAME, BoundList.of(inner))
        .execute();
  }

  public static void remove(Handle handle, String group, Collection<String> inner) {
    if (inner.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "delete from member where group_id = :group and how = 2 and user_id in (select value"
                + " from "
                + BoundList.texts(handle)
                + ")")
        .bind("group", group)
        .bind(BoundList.NAME, BoundList.of(inner))
        .execute();
  }

  /** The group belongs to none any more. */
  public static void removeEverywhere(Handle handle, String inner) {
    handle.execute("delete from member where user_id = ? and how = 2", inner);
  }

  /** Everybody who belongs to one of these groups, as far as they are not going. */
  public static Set<String> users(Handle handle, Collection<String> groups) {
    return groups.isEmpty()
        ? Set.of()
        : handle
            .createQuery(
                "select distinct m.user_id from "
                    + BoundList.texts(handle)
                    + " cross join entry e cross join member m"
                    + " where e.id = bound.value and e.life = 'live'"
                    + " and m.group_id = bound.value and m.desired = 1 and m.how <> 2")
            .bind(BoundList.NAME, BoundList.of(groups))
            .mapTo(String.class)
            .set();
  }

  /** Those of the users who belong to one of these groups, as far as they are not going. */
  public static Set<String> among(
      Handle handle, Collection<String> groups, Collection<String> users) {
    return groups.isEmpty() || users.isEmpty()
        ? Set.of()
        : handle
            .createQuery(
                // By the users: each is in few groups, and the list of groups is made once.
                "select distinct m.user_id from "
                    + BoundList.texts(handle)
                    + " cross join member m join entry e on e.id = m.group_id"
                    + " where m.user_id = bound.value and m.desired = 1 and e.life = 'live'"
                    + " and m.group_id in (select held.value from "
                    + BoundList.texts(handle, "held")
                    + ")")
            .bind("held", BoundList.of(groups))
            .bind(BoundList.NAME, BoundList.of(users))
            .mapTo(String.class)
            .set();
  }

  /** The users belong to the group by themselves from now on, or no longer do. */
  public static void direct(Handle handle, String group, Collection<String> users, Way way) {
    if (users.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "update member set how = :how where group_id = :group and how <> 2 and user_id in"
                + " (select value from "
                + BoundList.texts(handle)
                + ")")
        .bind("how", way == Way.INDIRECT ? INDIRECT : 0)
        .bind("group", group)
        .bind(BoundList.NAME, BoundList.of(users))
        .execute();
  }

  /** How a user belongs to a group. */
  public enum Way {
    /** Was put there. */
    DIRECT,
    /** By a group that belongs to it. */
    INDIRECT
  }
}
