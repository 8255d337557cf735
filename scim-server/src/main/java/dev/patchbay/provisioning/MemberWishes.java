package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What a request's member changes come to: which users are to be in or out, and which values nobody
 * here knows. Reads only the rows the changes name, but for those that name all.
 */
final class MemberWishes {
  private final Handle handle;
  private final String tenant;
  private final String groupId;
  private final Instant now;
  private final Map<String, Boolean> wishes = new LinkedHashMap<>();
  private final Set<String> parked = new LinkedHashSet<>();
  private final Set<String> unparked = new LinkedHashSet<>();
  private boolean unparkAll;

  private MemberWishes(Handle handle, String tenant, String groupId, Instant now) {
    this.handle = handle;
    this.tenant = tenant;
    this.groupId = groupId;
    this.now = now;
  }

  /**
   * @param wishes user id to whether it is to be a member
   * @param parked values to keep until somebody with that id or externalId arrives
   * @param unparked values that are not waited for any more
   */
  record Result(Map<String, Boolean> wishes, Set<String> parked, Set<String> unparked) {
    /** Whom the request puts out stays out, should an operator take back his deletion. */
    void noteLeft(Handle handle, String groupId) {
      var out = new ArrayList<String>();
      wishes.forEach(
          (user, in) -> {
            if (!in) {
              out.add(user);
            }
          });
      if (!out.isEmpty()) {
        BeforeWork.left(handle, out, groupId);
      }
    }
  }

  static Result of(
      Handle handle, String tenant, String groupId, List<MemberChange> changes, Instant now) {
    var reading = new MemberWishes(handle, tenant, groupId, now);
    sinceLastReplaced(changes).forEach(reading::apply);
    if (reading.unparkAll) {
      reading.unparked.addAll(ParkedMembers.of(handle, groupId, now));
    }
    reading.unparked.removeAll(reading.parked);
    return new Result(reading.wishes, reading.parked, reading.unparked);
  }

  /**
   * What was said before all members were replaced or removed is moot; reading them all for each of
   * a thousand operations is not.
   */
  private static List<MemberChange> sinceLastReplaced(List<MemberChange> changes) {
    for (int at = changes.size() - 1; at > 0; at--) {
      switch (changes.get(at)) {
        case MemberChange.ReplaceAll all -> {
          return changes.subList(at, changes.size());
        }
        case MemberChange.RemoveAll all -> {
          return changes.subList(at, changes.size());
        }
        case MemberChange.Add some -> {}
        case MemberChange.Remove some -> {}
        case MemberChange.RemoveWhere some -> {}
      }
    }
    return changes;
  }

  private void apply(MemberChange change) {
    switch (change) {
      case MemberChange.Add(List<MemberValue> members) -> add(members);
      case MemberChange.Remove(List<String> values) -> remove(values);
      case MemberChange.RemoveAll all -> removeAll();
      case MemberChange.ReplaceAll(List<MemberValue> members) -> {
        removeAll();
        add(members);
      }
      case MemberChange.RemoveWhere(Filter element) -> removeWhere(element);
    }
  }

  private void add(List<MemberValue> members) {
    var values = new ArrayList<String>();
    for (MemberValue member : members) {
      if (member.type().map("group"::equalsIgnoreCase).orElse(false)) {
        throw groupAsMember();
      }
      values.add(member.value());
    }
    var users = KnownUsers.named(handle, tenant, values);
    var unknown = values.stream().filter(value -> !users.containsKey(value)).toList();
    if (KnownUsers.anyGroup(handle, tenant, unknown)) {
      throw groupAsMember(); // it would wait for a user with that id for ever
    }
    for (String value : values) {
      var user = users.get(value);
      if (user == null) {
        parked.add(value);
      } else {
        wishes.put(user, true);
      }
    }
  }

  private static Refusal groupAsMember() {
    return new Refusal(Refusal.Kind.INVALID_VALUE, "members: a group as member is not supported");
  }

  private void remove(List<String> values) {
    var users = KnownUsers.named(handle, tenant, values);
    for (String value : values) {
      parked.remove(value);
      unparked.add(value);
      wishes.put(users.getOrDefault(value, value), false);
    }
  }

  private void removeAll() {
    parked.clear();
    unparkAll = true;
    wishes.replaceAll((user, wish) -> false);
    Memberships.users(handle, groupId).forEach(user -> wishes.put(user, false));
  }

  private void removeWhere(Filter element) {
    var path = AttributePath.of("members");
    var matcher = FilterMatcher.of(new Filter.ValueFilter(path, element), ResourceTypes.group());
    Memberships.stream(
        handle,
        groupId,
        (user, label) -> {
          var group = JsonNodeFactory.instance.objectNode();
          group
              .putArray("members")
              .addObject()
              .put("value", user)
              .put("display", label)
              .put("type", "User");
          if (matcher.test(group)) {
            wishes.put(user, false);
          }
        });
    unparkWhere(matcher);
  }

  /** Of whom nobody is here yet, nothing but the value is known. */
  private void unparkWhere(FilterMatcher matcher) {
    var waiting = new LinkedHashSet<>(ParkedMembers.of(handle, groupId, now));
    waiting.addAll(parked);
    for (String value : waiting) {
      var group = JsonNodeFactory.instance.objectNode();
      group.putArray("members").addObject().put("value", value);
      if (matcher.test(group)) {
        parked.remove(value);
        unparked.add(value);
      }
    }
  }

  /** The rows these wishes are about, with the wish set; those that are as wished are left out. */
  static List<Membership> rows(
      Handle handle, String tenant, String groupId, Map<String, Boolean> wishes) {
    var rows = Memberships.of(handle, groupId, wishes.keySet());
    var added =
        wishes.entrySet().stream()
            .filter(wish -> wish.getValue() && !rows.containsKey(wish.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    var users = KnownUsers.byId(handle, tenant, added);
    var result = new ArrayList<Membership>();
    wishes.forEach(
        (user, wish) -> {
          var row = rows.get(user);
          if (row != null) {
            var wished = row.wishing(wish);
            if (!wished.synced()) {
              result.add(wished);
            }
          } else if (wish && users.containsKey(user)) {
            result.add(new Membership(groupId, user, users.get(user), false, true, false, false));
          }
        });
    return result;
  }
}
