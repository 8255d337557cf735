package dev.patchbay.provisioning;

import static java.util.stream.Collectors.toSet;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.KnownUsers;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.plan.PlannedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Commit 2 of a write on a group or role. Where something came in beside it, only what its calls
 * did is kept.
 */
final class GroupEnding {
  private final Tenant tenant;
  private final NamedTarget target;
  private final UnclaimedChanges unclaimed;

  GroupEnding(Tenant tenant, NamedTarget target, UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.target = target;
    this.unclaimed = unclaimed;
  }

  /** How commit 2 went. */
  sealed interface End {
    /** As the run was settled. */
    record Ours() implements End {}

    /** Something changed beside us. */
    record Beside(RuntimeException answer) implements End {}

    /** Another process took the group over. */
    record TakenOver() implements End {}
  }

  End write(
      GroupRun begun,
      GroupSettlement.GroupSettled settled,
      GroupOutcome outcome,
      ProvisioningLog.Line line) {
    return tenant
        .database()
        .write(
            handle -> {
              var current = Taken.find(handle, begun.entry().id());
              if (current.filter(now -> now.entry().epoch() == begun.entry().epoch()).isEmpty()) {
                current.ifPresent(now -> doubtOnly(handle, begun, now, outcome));
                return new End.TakenOver();
              }
              var open = current.flatMap(Taken::open).orElseThrow();
              if (newer(open, begun)) {
                recordOnly(handle, begun, current.get().entry(), open, outcome);
                return new End.Beside(besides(handle, begun));
              }
              ProvisioningLog.add(handle, line);
              commit(handle, begun.entry(), settled);
              unclaimed.follow(handle, begun.entry().id(), settled.rows(), begun.source());
              return new End.Ours();
            });
  }

  /** Whether something else was written into the open work while this one ran. */
  private static boolean newer(JournalEntry open, GroupRun begun) {
    return open.wishSeq() != begun.open().orElseThrow().wishSeq();
  }

  /**
   * What came in beside us lets the request begin again from what is there now; unless it put out
   * whom the request puts in, which would undo that.
   */
  private static RuntimeException besides(Handle handle, GroupRun begun) {
    var added =
        begun.rows().stream().filter(Membership::wish).map(Membership::userId).collect(toSet());
    added.retainAll(begun.asked());
    var now = Memberships.of(handle, begun.entry().id(), added).values();
    boolean stands = now.stream().filter(Membership::wish).count() == added.size();
    return stands ? new EntryLocks.Busy() : UserRunner.overtaken();
  }

  private void commit(Handle handle, Entry before, GroupSettlement.GroupSettled settled) {
    var entry = settled.settled().entry();
    if (settled.settled().forget()) {
      releaseAll(handle, entry.id());
      unclaimed.gone(handle, entry.id());
      EntryStore.delete(handle, entry.id());
      return;
    }
    var report = tenant.targets().report();
    EntryStore.update(handle, report.shown(handle, tenant, before, entry));
    Memberships.save(handle, settled.rows());
    if (settled.settled().open().isPresent()) {
      Journal.save(handle, settled.settled().open().get());
      if (before.life() == Life.LIVE
          && !Report.same(entry.type(), entry.resource(), before.resource())) {
        BeforeWork.note(handle, entry.id(), before.resource());
      }
    } else {
      Journal.close(handle, entry.id());
      var names = target.names(entry.resource(), entry.applied());
      tenant.reservations().settle(handle, entry.id(), names, tenant.now());
    }
  }

  private void releaseAll(Handle handle, String id) {
    for (Reservation own : tenant.reservations().of(handle, id)) {
      tenant.reservations().release(handle, own, id, tenant.now());
    }
  }

  /**
   * Another process took the group over: what we sent is in doubt, and nothing else is ours. The
   * epoch moves, so that it does not take for certain what it did meanwhile.
   */
  private void doubtOnly(Handle handle, GroupRun begun, Taken taken, GroupOutcome outcome) {
    var calls = new ArrayList<>(outcome.group().done());
    if (outcome.group() instanceof PlanOutcome.Unanswered lost) {
      calls.add(lost.at());
    }
    var rows = sent(handle, begun, outcome);
    if (calls.isEmpty() && rows.isEmpty()) {
      return;
    }
    var current = taken.entry();
    var doubted = current.with(PlannedCall.doubt(current.applied(), calls));
    EntryStore.claim(handle, doubted);
    EntryStore.update(handle, GroupBeginning.pending(doubted.claimed(), tenant.now()));
    Memberships.save(handle, rows.stream().map(Membership::doubtful).toList());
    var work = taken.open().orElseGet(() -> reopened(begun, current));
    Journal.save(handle, tenant.overtaken(work, outcome.unanswered()));
  }

  private JournalEntry reopened(GroupRun begun, Entry current) {
    var run =
        new GroupRun(
            begun.kind(),
            begun.action(),
            begun.source(),
            current,
            begun.open(),
            Optional.of(current.resource()),
            List.of(),
            Set.of());
    return GroupBeginning.opened(tenant, run)
        .resting(0, tenant.now(), Optional.of("an earlier process ended its work late"));
  }

  /** The rows of member calls that may act, as they are now; who is no member any more has none. */
  private List<Membership> sent(Handle handle, GroupRun begun, GroupOutcome outcome) {
    var ours = new LinkedHashMap<String, Membership>();
    outcome.members().stream()
        .filter(it -> it instanceof MemberOutcome.Done || it instanceof MemberOutcome.Unanswered)
        .map(MemberOutcome::row)
        .forEach(row -> ours.put(row.userId(), row.wishing(false).desiring(false)));
    var sent = new ArrayList<>(Memberships.of(handle, begun.entry().id(), ours.keySet()).values());
    sent.forEach(row -> ours.remove(row.userId()));
    ours.keySet().retainAll(KnownUsers.among(handle, tenant.name(), ours.keySet()));
    sent.addAll(ours.values());
    return sent;
  }

  /**
   * Something changed beside us while we ran: what we know is kept, and it is planned from there.
   */
  private void recordOnly(
      Handle handle, GroupRun begun, Entry entry, JournalEntry open, GroupOutcome outcome) {
    EntryStore.update(handle, entry.with(outcome.group().applied()));
    var ids = outcome.members().stream().map(member -> member.row().userId()).toList();
    var current = Memberships.of(handle, begun.entry().id(), ids);
    var known =
        outcome.members().stream()
            .filter(MemberOutcome.Done.class::isInstance)
            .map(MemberOutcome::row)
            .flatMap(
                row ->
                    Stream.ofNullable(current.get(row.userId()))
                        .map(now -> now.known(row.applied())))
            .toList();
    Memberships.save(handle, known);
    var rested = open.resting(open.attempts(), tenant.now(), open.reason());
    var work =
        outcome.unanswered()
            ? rested.givenUp(tenant.now(), tenant.adapter().capabilities().quietTime())
            : rested;
    Journal.save(handle, begun.kind() == Run.Kind.RECOVERY ? work : work.back());
  }
}
