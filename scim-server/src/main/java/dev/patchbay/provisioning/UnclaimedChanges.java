package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.provisioning.GroupWrites.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What changes at a group while somebody else may be at it: its version moves, and whoever is at it
 * begins again from there.
 */
final class UnclaimedChanges {
  private static final Optional<String> WHY = Optional.of("its members changed");

  private final Tenant tenant;
  private final GroupRunner runner;

  UnclaimedChanges(Tenant tenant, GroupRunner runner) {
    this.tenant = tenant;
    this.runner = runner;
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
              if (change.action().equals("delete")) {
                EntryStore.update(handle, entry.with(Life.DELETING));
                due(handle, change.id(), change.source());
              } else if (entry.life() == Life.LIVE) {
                keepRemovals(handle, change, change.request().apply(entry.resource()));
              }
            });
  }

  private void keepRemovals(Handle handle, Change change, Patched patched) {
    var members =
        MemberWishes.of(handle, tenant.name(), change.id(), patched.members(), tenant.now());
    members.noteLeft(handle, change.id());
    var off =
        MemberWishes.rows(handle, tenant.name(), change.id(), members.wishes()).stream()
            .filter(row -> !row.wish())
            .map(row -> row.desiring(false))
            .toList();
    if (!off.isEmpty()) {
      Memberships.save(handle, off);
      due(handle, change.id(), change.source());
    }
  }

  /** Reads show the group otherwise; there is nothing to do about it on the PBX. */
  void shown(Handle handle, String groupId, String source) {
    EntryStore.touch(handle, groupId, tenant.now());
    Journal.find(handle, groupId)
        .ifPresent(open -> Journal.save(handle, open.disturbed(source, tenant.now())));
  }

  /** Reads show the group otherwise, and the PBX is to follow. */
  void due(Handle handle, String groupId, String source) {
    EntryStore.touch(handle, groupId, tenant.now());
    EntryStore.find(handle, groupId).ifPresent(group -> due(handle, group, source));
  }

  private void due(Handle handle, Entry group, String source) {
    var open =
        Journal.find(handle, group.id())
            .orElseGet(() -> opened(group, source).resting(0, tenant.now(), WHY));
    Journal.save(handle, open.disturbed(source, tenant.now()));
    EntryStore.update(handle, GroupRunner.pending(group, tenant.now()));
  }

  private JournalEntry opened(Entry group, String source) {
    return runner.opened(
        new GroupRun(
            Run.Kind.REQUEST,
            "recover",
            source,
            group,
            Optional.empty(),
            Optional.of(group.resource()),
            List.of(),
            Set.of()));
  }
}
