package dev.patchbay.provisioning;

import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Commit 1 of a write on a group or role: the claim, its name, its rows in doubt and its open work.
 */
final class GroupBeginning {
  private final Tenant tenant;
  private final NamedTarget target;
  private final UnclaimedChanges unclaimed;

  GroupBeginning(Tenant tenant, NamedTarget target, UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.target = target;
    this.unclaimed = unclaimed;
  }

  /** What changes in commit 1 besides the run's own rows. */
  interface WithCommit {
    /** Whether reads show something else from now on. */
    boolean write(Handle handle);
  }

  GroupRun begin(GroupRun run, ProvisioningPlan plan, WithCommit also) {
    var open = opened(tenant, run);
    var entry = run.entry();
    var doubts = UserBeginning.doubting(entry.applied(), plan);
    return tenant
        .database()
        .write(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              boolean beside = also.write(handle);
              if (!EntryStore.claim(handle, entry.with(doubts))) {
                throw new EntryLocks.Busy();
              }
              take(handle, run);
              var rows = stillThere(handle, run.rows()).stream().map(run::kept).toList();
              boolean shown = beside || desired(rows) != desired(run.rows());
              var kept = kept(run, shown);
              EntryStore.update(handle, pending(kept.with(doubts).claimed(), tenant.now()));
              Memberships.save(handle, rows.stream().map(GroupBeginning::inDoubt).toList());
              Journal.save(handle, open);
              follow(handle, run, rows);
              return run.with(kept.claimed()).with(open).with(rows);
            });
  }

  /** The groups that this one belongs to lose whom it loses, and everybody when it goes. */
  private void follow(Handle handle, GroupRun run, List<Membership> rows) {
    var id = run.entry().id();
    if (run.deleting()) {
      unclaimed.goes(handle, id, run.source());
    } else {
      unclaimed.follow(handle, id, rows, run.source());
    }
  }

  private static long desired(List<Membership> rows) {
    return rows.stream().filter(Membership::desired).count();
  }

  /** As reads show it from commit 1 on: what goes is gone, whatever the PBX says. */
  private Entry kept(GroupRun run, boolean shown) {
    var entry = run.entry();
    if (entry.life() != Life.LIVE) {
      return entry;
    }
    if (run.deleting()) {
      return entry.with(Life.DELETING);
    }
    return shown ? entry.accepted(entry.resource(), tenant.now()) : entry;
  }

  /** As it is shown while the PBX may hold something else. */
  static Entry pending(Entry entry, Instant now) {
    return entry.with(
        Report.of(entry.type(), entry.resource(), Report.State.PENDING, Optional.empty(), now));
  }

  /**
   * A row of a user that is being deleted is never set on. One whom the PBX lost, and who is not
   * made again, counts as being in: he comes in when he comes back.
   */
  private List<Membership> stillThere(Handle handle, List<Membership> rows) {
    var added = rows.stream().filter(Membership::wish).map(Membership::userId).toList();
    var users = KnownUsers.among(handle, tenant.name(), added);
    var lost = lost(handle, added);
    return rows.stream()
        .map(row -> lost.contains(row.userId()) ? row.known(true) : row)
        .map(
            row ->
                row.wish() && !users.contains(row.userId())
                    ? row.wishing(false).desiring(false)
                    : row)
        .toList();
  }

  /** Those of the users whom the PBX lost and nobody makes again. */
  static Set<String> lost(Handle handle, Collection<String> users) {
    var absent = new HashSet<>(Counterparts.absent(handle, users));
    absent.removeAll(Journal.openAmong(handle, absent));
    return absent;
  }

  /** What will be sent is in doubt. */
  private static Membership inDoubt(Membership row) {
    return row.holdsWish() ? row : row.doubtful();
  }

  private void take(Handle handle, GroupRun run) {
    run.wish().stream()
        .flatMap(wish -> target.names(wish, run.entry().applied()).stream())
        .forEach(
            name ->
                Allocation.check(
                    tenant.reservations().take(handle, name, run.entry().id(), tenant.now()),
                    name));
  }

  /** The open work of a run that begins. */
  static JournalEntry opened(Tenant tenant, GroupRun run) {
    var open = run.open();
    var lease = tenant.lease();
    boolean recovery = run.kind() == Run.Kind.RECOVERY;
    return new JournalEntry(
        run.entry().id(),
        tenant.name(),
        run.wish(),
        open.map(JournalEntry::wishSeq).orElse(0L) + (recovery ? 0 : 1),
        recovery ? open.orElseThrow().direction() : Direction.FORWARD,
        recovery ? open.orElseThrow().baseVersion() : run.entry().version(),
        open.filter(JournalEntry::offBoarding).map(JournalEntry::source).orElse(run.source()),
        run.takesAway() || open.map(JournalEntry::offBoarding).orElse(false),
        open.map(JournalEntry::blocked).orElse(Set.of()),
        open.flatMap(JournalEntry::reason),
        open.flatMap(JournalEntry::givenUpAt),
        open.map(JournalEntry::attempts).orElse(0),
        lease.until(),
        Optional.of(lease),
        open.map(JournalEntry::openedAt).orElse(tenant.now()),
        new SecretSlot.Empty());
  }
}
