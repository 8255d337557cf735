package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.ProvisioningPlan;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Commit 1 of a write on a user: the claim, names and numbers, what is taken away, the open work.
 */
record UserBeginning(
    Tenant tenant, Allocation allocation, AwaitedIds awaited, UserMemberships memberships) {
  /** The work is durable, and what it may change is in doubt, before the first byte. */
  Run begin(Run run, ProvisioningPlan plan) {
    var open = makesAgain(run, plan) ? LostSecrets.withNewOnes(opened(run)) : opened(run);
    var doubts = doubting(run.entry().applied(), plan);
    var entry = kept(run);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              // Before its names: those of one that was deleted are free.
              if (!EntryStore.claim(handle, run.entry().with(doubts))) {
                throw new EntryLocks.Busy();
              }
              if (run.wish().isPresent()) {
                awaited.take(handle, run, plan, allocation);
              }
              EntryStore.update(handle, pending(entry.with(doubts).claimed()));
              Journal.save(handle, open);
              noteBefore(handle, run, entry);
              if (makesAgain(run, plan)) {
                memberships.lost(handle, entry.id(), run.source());
              }
              if (run.deleting()) {
                var groups = memberships.groups(handle, entry.id());
                BeforeWork.noteGroups(handle, entry.id(), groups);
                memberships.flagOff(handle, entry.id(), run.source());
              }
            });
    return run.with(entry.claimed()).with(open);
  }

  /** So that an operator may take back what reads show from now on. */
  void noteBefore(Handle handle, Run run, Entry shown) {
    var before = run.entry();
    if (before.life() == Life.LIVE
        && (run.deleting() || !Report.same(EntryType.USER, shown.resource(), before.resource()))) {
      BeforeWork.note(handle, before.id(), before.resource());
    }
  }

  /** As it is shown while the PBX may hold something else. */
  Entry pending(Entry entry) {
    return entry.with(
        Report.of(
            EntryType.USER,
            entry.resource(),
            Report.State.PENDING,
            LostSecrets.said(entry),
            tenant.now()));
  }

  /** The entry with what the wish takes away already taken: it stays so whatever the PBX says. */
  private Entry kept(Run run) {
    var entry = run.entry();
    if (run.deleting() && entry.life() == Life.LIVE) {
      var inactive = entry.resource().deepCopy().put("active", false);
      return entry.accepted(inactive, tenant.now()).with(Life.DELETING);
    }
    return run.takesAway() && entry.life() == Life.LIVE && !run.kept().equals(entry.resource())
        ? entry.accepted(run.kept(), tenant.now())
        : entry;
  }

  JournalEntry opened(Run run) {
    var open = run.open();
    var now = tenant.now();
    var lease = tenant.lease();
    boolean recovery = run.kind() == Run.Kind.RECOVERY;
    return new JournalEntry(
        run.entry().id(),
        tenant.name(),
        run.wish().map(Wish::resource),
        open.map(JournalEntry::wishSeq).orElse(0L) + (recovery ? 0 : 1),
        Direction.FORWARD,
        recovery ? open.orElseThrow().baseVersion() : run.entry().version(),
        open.filter(JournalEntry::offBoarding).map(JournalEntry::source).orElse(run.source()),
        run.takesAway() || open.map(JournalEntry::offBoarding).orElse(false),
        open.map(JournalEntry::blocked).orElse(Set.of()),
        open.flatMap(JournalEntry::reason),
        open.flatMap(JournalEntry::givenUpAt),
        open.map(JournalEntry::attempts).orElse(0),
        lease.until(),
        Optional.of(lease),
        open.map(JournalEntry::openedAt).orElse(now),
        slot(run));
  }

  /** The secrets of this wish, or those that an earlier one left to be set. */
  private SecretSlot slot(Run run) {
    var wish = run.wish().filter(it -> run.kind() != Run.Kind.RECOVERY && it.hasSecrets());
    var waiting =
        run.open().map(JournalEntry::secrets).orElseGet(() -> LostSecrets.slot(run.entry()));
    return wish.map(it -> sealed(run, it, waiting)).orElse(waiting);
  }

  private SecretSlot sealed(Run run, Wish wish, SecretSlot waiting) {
    return tenant
        .seal()
        .<SecretSlot>map(seal -> seal.seal(run.entry().id(), wish).after(waiting))
        .orElse(new SecretSlot.Resend());
  }

  /** Whether the plan makes a user anew that was on the PBX before. */
  static boolean makesAgain(Run run, ProvisioningPlan plan) {
    return !run.creating() && plan.calls().stream().anyMatch(PbxCall.CreateUser.class::isInstance);
  }

  static Applied doubting(Applied applied, ProvisioningPlan plan) {
    return PlannedCall.doubt(applied, plan.calls());
  }
}
