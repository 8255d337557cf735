package dev.patchbay.provisioning;

import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.NestedGroups.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What wishes about users and groups come to in rows of users: whoever was put there or belongs to
 * a group that does is a member, once. Reads what the wishes name; with groups in the group, who
 * belongs to those of them that come or go.
 *
 * @param rows about which something is to do, with the wish set
 * @param asked the users of these rows whose refusal is the request's own. Who comes by a group
 *     does not: that the group belongs to it is true at once, and the journal brings him in
 * @param ways users who belong to the group by themselves from now on, or no longer do
 * @param groups groups that come or go
 */
record MemberRows(
    List<Membership> rows, Set<String> asked, Map<String, Way> ways, Map<String, Boolean> groups) {

  MemberRows {
    rows = List.copyOf(rows);
    asked = Set.copyOf(asked);
    ways = Map.copyOf(ways);
    groups = Map.copyOf(groups);
  }

  static MemberRows of(Handle handle, String tenant, String group, Map<String, Boolean> users) {
    return of(handle, tenant, group, users, Map.of());
  }

  static MemberRows of(
      Handle handle,
      String tenant,
      String group,
      Map<String, Boolean> users,
      Map<String, Boolean> groups) {
    var before = NestedGroups.inner(handle, group);
    var moved = new LinkedHashMap<>(groups);
    moved.entrySet().removeIf(it -> before.contains(it.getKey()) == it.getValue());
    var named = new LinkedHashSet<>(users.keySet());
    named.addAll(NestedGroups.users(handle, moved.keySet()));
    var after = new HashSet<>(before);
    moved.forEach((inner, in) -> change(after, inner, in));
    var held = NestedGroups.among(handle, after, named);
    return new Sorting(group, users, held, Memberships.of(handle, group, named))
        .sorted(handle, tenant, named, moved);
  }

  private static void change(Set<String> groups, String inner, boolean in) {
    boolean unused = in ? groups.add(inner) : groups.remove(inner);
  }

  /** Stores which groups belong to it, and how its users do. True: reads show something else. */
  boolean saveBeside(Handle handle, String group) {
    NestedGroups.add(handle, group, those(groups, true));
    NestedGroups.remove(handle, group, those(groups, false));
    for (Way way : Way.values()) {
      NestedGroups.direct(handle, group, those(ways, way), way);
    }
    return !groups.isEmpty() || !ways.isEmpty();
  }

  private static <T> List<String> those(Map<String, T> all, T wanted) {
    return all.entrySet().stream()
        .filter(it -> it.getValue().equals(wanted))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** One user after the other. */
  private record Sorting(
      String group, Map<String, Boolean> users, Set<String> held, Map<String, Membership> known) {

    MemberRows sorted(
        Handle handle, String tenant, Set<String> named, Map<String, Boolean> groups) {
      var rows = new ArrayList<Membership>();
      var asked = new HashSet<String>();
      var ways = new LinkedHashMap<String, Way>();
      var missing = named.stream().filter(user -> !known.containsKey(user)).toList();
      var keys = KnownUsers.byId(handle, tenant, missing.stream().filter(this::wanted).toList());
      for (String user : named) {
        row(user, keys)
            .filter(row -> !row.synced())
            .ifPresent(
                row -> {
                  rows.add(row);
                  if (!row.wish() || !held.contains(user)) {
                    asked.add(user);
                  }
                });
        turned(user).ifPresent(way -> ways.put(user, way));
      }
      return new MemberRows(rows, asked, ways, groups);
    }

    private boolean direct(String user) {
      return Optional.ofNullable(users.get(user))
          .orElseGet(
              () -> Optional.ofNullable(known.get(user)).map(Membership::direct).orElse(false));
    }

    private boolean wanted(String user) {
      return direct(user) || held.contains(user);
    }

    private Optional<Membership> row(String user, Map<String, String> keys) {
      boolean wanted = wanted(user);
      var row =
          Optional.ofNullable(known.get(user))
              .or(
                  () ->
                      Optional.ofNullable(keys.get(user))
                          .filter(key -> wanted)
                          .map(key -> added(user, key)))
              .map(it -> it.wishing(wanted));
      return held.contains(user) ? row.map(it -> it.desiring(true)) : row;
    }

    private Membership added(String user, String key) {
      var way = direct(user) ? Way.DIRECT : Way.INDIRECT;
      return new Membership(group, user, key, false, true, false, false, way);
    }

    /** How a user belongs from now on who belonged otherwise. */
    private Optional<Way> turned(String user) {
      if (!wanted(user)) {
        return Optional.empty();
      }
      var way = direct(user) ? Way.DIRECT : Way.INDIRECT;
      return Optional.ofNullable(known.get(user)).filter(row -> row.way() != way).map(row -> way);
    }
  }
}
