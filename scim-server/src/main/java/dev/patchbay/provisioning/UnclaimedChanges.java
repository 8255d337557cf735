package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.NestedGroups.Way;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.provisioning.GroupWrites.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * What changes at a group while somebody else may be at it: its version moves, and whoever is at it
 * begins again from there.
 */
final class UnclaimedChanges {
  private static final Optional<String> WHY = Optional.of("its members changed");

  private final Tenant tenant;

  UnclaimedChanges(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Keeps of a request that cannot be done now what takes away: who goes, or the whole group. */
  void keep(EntryType type, Change change) {
    tenant
        .database()
        .run(
            handle -> {
              var entry =
                  Taken.visible(handle, tenant.name(), type, change.id())
                      .at(change.ifMatch(), change.source())
                      .entry();
              if (change.action() == Action.DELETE) {
                EntryStore.update(handle, entry.with(Life.DELETING));
                left(handle, change.id(), change.source());
                goes(handle, change.id(), change.source());
              } else if (entry.life() == Life.LIVE) {
                keepRemovals(handle, change, change.request().apply(entry.resource()));
              }
            });
  }

  private void keepRemovals(Handle handle, Change change, Patched patched) {
    var members = MemberWishes.of(handle, tenant.name(), change.id(), patched.members());
    members.noteLeft(handle, change.id());
    var wished =
        MemberRows.of(
            handle,
            tenant.name(),
            change.id(),
            leaving(members.wishes()),
            leaving(members.groups()));
    Companies.check(handle, patched.resource(), wished);
    var off =
        wished.rows().stream().filter(row -> !row.wish()).map(row -> row.desiring(false)).toList();
    boolean shown = wished.saveBeside(handle, change.id());
    shown |= ParkedMembers.unpark(handle, change.id(), members.unparked());
    if (!off.isEmpty()) {
      Memberships.save(handle, off);
      left(handle, change.id(), change.source());
      follow(handle, change.id(), off, change.source());
    } else if (shown) {
      shown(handle, change.id());
    }
  }

  private static Map<String, Boolean> leaving(Map<String, Boolean> wishes) {
    var leaving = new LinkedHashMap<>(wishes);
    leaving.values().removeIf(in -> in);
    return leaving;
  }

  /**
   * Lets the groups that this one belongs to have whom it has, and lose whom it lost, in the same
   * commit; nobody has them in hands, so that the journal brings that to the PBX.
   */
  void follow(Handle handle, String group, Collection<Membership> rows, String source) {
    followUsers(handle, group, rows.stream().map(Membership::userId).toList(), source);
  }

  private void followUsers(Handle handle, String group, List<String> users, String source) {
    if (users.isEmpty()) {
      return;
    }
    for (String outer : NestedGroups.outer(handle, group)) {
      var moved = moved(handle, outer, users);
      if (!moved.isEmpty()) {
        Memberships.save(handle, moved);
        moved(handle, outer, moved, source);
        follow(handle, outer, moved, source);
      }
    }
  }

  private void moved(Handle handle, String group, List<Membership> rows, String source) {
    if (rows.stream().allMatch(Membership::wish)) {
      due(handle, group, source);
    } else {
      left(handle, group, source);
    }
  }

  /** Rows of those of the users who come into the group, or go, by a group that belongs to it. */
  private List<Membership> moved(Handle handle, String outer, List<String> users) {
    var held = NestedGroups.among(handle, NestedGroups.inner(handle, outer), users);
    var rows = Memberships.of(handle, outer, users);
    var come = new ArrayList<>(held);
    come.removeIf(rows::containsKey);
    var keys = KnownUsers.byId(handle, tenant.name(), come);
    var moved = new ArrayList<Membership>();
    keys.forEach(
        (user, key) ->
            moved.add(new Membership(outer, user, key, true, true, false, false, Way.INDIRECT)));
    for (Membership row : rows.values()) {
      boolean wanted = held.contains(row.userId());
      boolean comes = wanted && !row.desired();
      boolean goes = !wanted && row.way() == Way.INDIRECT && (row.desired() || row.wish());
      if (comes && !row.wish()) {
        NestedGroups.direct(handle, outer, List.of(row.userId()), Way.INDIRECT);
      }
      if (comes || goes) {
        moved.add(row.wishing(wanted).desiring(wanted));
      }
    }
    return moved;
  }

  /** The group is about to go: whom it brought into others leaves them. */
  void goes(Handle handle, String group, String source) {
    follow(handle, group, Memberships.desired(handle, group), source);
  }

  /** The group is gone, and so out of those it belonged to. */
  void gone(Handle handle, String group) {
    var outer = NestedGroups.outer(handle, group);
    NestedGroups.removeEverywhere(handle, group);
    outer.forEach(each -> shown(handle, each));
  }

  /** Reads show the group otherwise; there is nothing to do about it on the PBX. */
  void shown(Handle handle, String groupId) {
    EntryStore.touch(handle, groupId, tenant.now());
    Journal.find(handle, groupId)
        .ifPresent(open -> Journal.save(handle, open.disturbed(tenant.now())));
  }

  /** Reads show the group otherwise, and the PBX is to follow when leavers are out. */
  void due(Handle handle, String groupId, String source) {
    due(handle, groupId, source, open -> open.disturbed(tenant.now()));
  }

  /** As {@link #due}, and somebody is to go, before everything else. */
  void left(Handle handle, String groupId, String source) {
    due(handle, groupId, source, open -> open.takingAway(source, tenant.now()));
  }

  private void due(
      Handle handle, String groupId, String source, UnaryOperator<JournalEntry> disturbed) {
    EntryStore.touch(handle, groupId, tenant.now());
    EntryStore.find(handle, groupId).ifPresent(group -> due(handle, group, source, disturbed));
  }

  private void due(
      Handle handle, Entry group, String source, UnaryOperator<JournalEntry> disturbed) {
    var open =
        Journal.find(handle, group.id())
            .orElseGet(() -> opened(group, source).resting(0, tenant.now(), WHY));
    Journal.save(handle, disturbed.apply(open));
    EntryStore.update(handle, GroupBeginning.pending(group, tenant.now()));
  }

  private JournalEntry opened(Entry group, String source) {
    return GroupBeginning.opened(
        tenant,
        new GroupRun(
            Run.Kind.REQUEST,
            Action.RECOVER,
            source,
            group,
            Optional.empty(),
            Optional.of(group.resource()),
            List.of(),
            Set.of()));
  }
}
