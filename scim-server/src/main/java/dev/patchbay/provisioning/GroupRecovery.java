package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes up open work on groups and roles that nobody is at any more. */
final class GroupRecovery {
  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupRunner runner;
  private final GroupLinks links;

  GroupRecovery(Tenant tenant, NamedTarget target, GroupRunner runner) {
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.links = new GroupLinks(tenant, target);
  }

  /** Takes up open work whose time has come; nobody waits for an answer. */
  void recover(String id) {
    recover(id, Duration.ZERO);
  }

  /** As {@link #recover(String)}, when whoever is at it lets go in time. */
  void recover(String id, Duration wait) {
    var unused =
        Waiting.upTo(wait, tenant.clock()).holding(tenant.locks(), id, () -> recoverHeld(id));
  }

  /** Empty while another process is at it, which does what is to do. */
  private Optional<Boolean> recoverHeld(String id) {
    var claim = RecoveryClaim.take(tenant, id);
    if (claim.isEmpty()) {
      var open = tenant.database().read(handle -> Journal.find(handle, id));
      return tenant.leased(open) ? Optional.empty() : Optional.of(false);
    }
    try {
      recovered(claim.get());
    } catch (TryLater later) {
      claim.get().release(tenant); // the journal goes on
    } catch (RuntimeException e) {
      claim.get().release(tenant);
      throw e;
    }
    return Optional.of(true);
  }

  private void recovered(RecoveryClaim claim) {
    var entry = claim.entry();
    var open = claim.open();
    boolean back = open.goesBack();
    if (back && entry.life() == Life.CREATING && links.undone(entry, open)) {
      return;
    }
    boolean goes =
        open.wish().isEmpty()
            || entry.life() == Life.DELETED
            || entry.life() == Life.DELETING
            || (back && entry.life() == Life.CREATING);
    Applied applied;
    try {
      applied = target.known(entry);
    } catch (PbxException.Unavailable e) {
      claim.postpone(tenant, e);
      return;
    }
    var wish = back ? entry.resource() : open.wish().orElse(entry.resource());
    var rows =
        goes
            ? leaving(entry.with(applied))
            : tenant.database().read(handle -> leftOver(handle, entry.id(), Optional.of(open)));
    runner.drive(
        new GroupRun(
            Run.Kind.RECOVERY,
            Action.RECOVER,
            open.source(),
            entry.with(applied),
            Optional.of(open),
            goes ? Optional.empty() : Optional.of(wish),
            rows,
            GroupRequests.users(rows)),
        handle -> false);
  }

  /** Who has to leave before a group goes: out of what stays, a queue for one. */
  List<Membership> leaving(Entry entry) {
    return !MemberCalls.outlives(entry.applied().ref())
        ? List.of()
        : tenant.database().read(handle -> Memberships.all(handle, entry.id())).stream()
            .map(row -> row.wishing(false))
            .toList();
  }

  /** Rows an earlier wish left open, wishing what the directory or that wish says. */
  private static List<Membership> leftOver(
      Handle handle, String groupId, Optional<JournalEntry> open) {
    boolean back = open.filter(JournalEntry::goesBack).isPresent();
    return Memberships.open(handle, groupId).stream()
        .map(row -> back ? row.wishing(row.desired()) : row)
        .toList();
  }
}
