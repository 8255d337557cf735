package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<String, Boolean> wishes = new LinkedHashMap<>();
  private final Map<String, Boolean> groups = new LinkedHashMap<>();
  private final Set<String> parked = new LinkedHashSet<>();
  private final Set<String> unparked = new LinkedHashSet<>();
  private boolean unparkAll;

  private MemberWishes(Handle handle, String tenant, String groupId) {
    this.handle = handle;
    this.tenant = tenant;
    this.groupId = groupId;
  }

  /**
   * @param wishes user id to whether it is to be a member
   * @param groups group id to whether it is to belong to the group
   * @param parked values to keep until somebody with that id or externalId arrives
   * @param unparked values that are not waited for any more
   */
  record Result(
      Map<String, Boolean> wishes,
      Map<String, Boolean> groups,
      Set<String> parked,
      Set<String> unparked) {
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

  static Result of(Handle handle, String tenant, String groupId, List<MemberChange> changes) {
    var reading = new MemberWishes(handle, tenant, groupId);
    sinceLastReplaced(changes).forEach(reading::apply);
    if (reading.unparkAll) {
      reading.unparked.addAll(ParkedMembers.of(handle, groupId));
    }
    reading.unparked.removeAll(reading.parked);
    return new Result(reading.wishes, reading.groups, reading.parked, reading.unparked);
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
    var values = members.stream().map(MemberValue::value).toList();
    var users = KnownUsers.named(handle, tenant, values);
    var unknown = values.stream().filter(value -> !users.containsKey(value)).toList();
    var inner = KnownUsers.groups(handle, tenant, unknown);
    for (MemberValue member : members) {
      var user = Optional.ofNullable(users.get(member.value()));
      if (user.isPresent()) {
        wishes.put(user.get(), true);
      } else if (inner.contains(member.value())) {
        requireNoCircle(handle, member.value(), groupId);
        groups.put(member.value(), true);
      } else if (member.type().filter("group"::equalsIgnoreCase).isPresent()) {
        // It would wait for a user with that id for ever.
        throw invalid("there is no group " + Refusal.quoted(member.value()));
      } else {
        parked.add(member.value());
      }
    }
  }

  /**
   * @throws Refusal {@code INVALID_VALUE} if the group would belong to itself
   */
  static void requireNoCircle(Handle handle, String inner, String group) {
    if (NestedGroups.holds(handle, inner, group)) {
      throw invalid("group " + Refusal.quoted(inner) + " would belong to itself");
    }
  }

  private static Refusal invalid(String problem) {
    return new Refusal(Refusal.Kind.INVALID_VALUE, "members: " + problem);
  }

  private void remove(List<String> values) {
    var users = KnownUsers.named(handle, tenant, values);
    for (String value : values) {
      parked.remove(value);
      unparked.add(value);
      if (users.containsKey(value)) {
        wishes.put(users.get(value), false);
      } else {
        groups.put(value, false);
        wishes.put(value, false);
      }
    }
  }

  private void removeAll() {
    parked.clear();
    unparkAll = true;
    wishes.replaceAll((user, wish) -> false);
    groups.replaceAll((group, wish) -> false);
    NestedGroups.inner(handle, groupId).forEach(group -> groups.put(group, false));
    Memberships.users(handle, groupId).forEach(user -> wishes.put(user, false));
  }

  private void removeWhere(Filter element) {
    var path = AttributePath.of("members");
    var matcher = FilterMatcher.of(new Filter.ValueFilter(path, element), ResourceTypes.group());
    Memberships.wanted(
        handle,
        groupId,
        member -> {
          var group = JsonNodeFactory.instance.objectNode();
          group
              .putArray("members")
              .addObject()
              .put("value", member.id())
              .put("display", member.label())
              .put("type", member.type().scimName());
          if (matcher.test(group)) {
            (member.type() == EntryType.GROUP ? groups : wishes).put(member.id(), false);
          }
        });
    unparkWhere(matcher);
  }

  /** Of whom nobody is here yet, nothing but the value is known. */
  private void unparkWhere(FilterMatcher matcher) {
    var waiting = new LinkedHashSet<>(ParkedMembers.of(handle, groupId));
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
}
