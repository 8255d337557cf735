package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.FormerObjects;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.mapping.Pool;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Commit 2 of a write on a user. Where a newer wish or another process came in, only what its calls
 * did is kept.
 */
final class UserEnding {
  private final Tenant tenant;
  private final UserTarget target;
  private final UserSettlement settlement;
  private final UserBeginning beginning;
  private final OutcomeLog log;

  UserEnding(Tenant tenant, UserTarget target, UserSettlement settlement, UserBeginning beginning) {
    this.tenant = tenant;
    this.target = target;
    this.settlement = settlement;
    this.beginning = beginning;
    this.log = new OutcomeLog(tenant);
  }

  /** How commit 2 went. */
  sealed interface End {
    /** As the run was settled. */
    record Ours() implements End {}

    /** Somebody else wanted something else. */
    record Newer() implements End {}

    /** Another process took the entry over. */
    record TakenOver() implements End {}
  }

  /** As settled, where the claim is still ours and no newer wish came in. */
  End write(Run begun, Settled settled, PlanOutcome outcome, Duration took) {
    var calls = outcome.done().stream().map(PbxCall::name).toList();
    var line = log.line(begun.action(), begun.source(), settled, calls, took);
    return tenant
        .database()
        .write(
            handle -> {
              var end =
                  disturbed(handle, begun) ? noted(handle, begun, outcome) : Optional.<End>empty();
              if (end.isEmpty()) {
                ProvisioningLog.add(handle, line);
                commit(handle, begun, settled, outcome.done());
              }
              return end.orElseGet(End.Ours::new);
            });
  }

  /** Both commits at once, of a run that sends nothing. */
  void writeOnly(Run run, Run begun, ProvisioningPlan plan, Settled settled) {
    var entry = run.entry();
    var line = log.line(run.action(), run.source(), settled, List.of(), Duration.ZERO);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), run.open());
              if (!EntryStore.claim(handle, entry)) {
                throw new EntryLocks.Busy();
              }
              beginning.awaited().take(handle, run, plan, beginning.allocation());
              ProvisioningLog.add(handle, line);
              commit(handle, begun, settled, List.of());
            });
  }

  /** Whether there is a reason to look at entry and work as they are now. */
  private static boolean disturbed(Handle handle, Run begun) {
    long wishSeq = begun.open().orElseThrow().wishSeq();
    return !Journal.isAsClaimed(handle, begun.entry().id(), mine(begun), wishSeq);
  }

  /**
   * Where the claim is gone or a newer wish came in, only what became known is written; empty where
   * neither is so.
   */
  private Optional<End> noted(Handle handle, Run begun, PlanOutcome outcome) {
    var current = EntryStore.find(handle, begun.entry().id());
    if (current.map(Entry::epoch).filter(mine(begun)::equals).isEmpty()) {
      current.ifPresentOrElse(
          now -> doubtOnly(handle, begun, now, outcome), () -> leftBehind(handle, begun, outcome));
      return Optional.of(new End.TakenOver());
    }
    var open = Journal.find(handle, begun.entry().id()).filter(work -> newer(work, begun));
    open.ifPresent(work -> recordOnly(handle, begun, current.get(), work, outcome));
    return open.map(work -> new End.Newer());
  }

  /** Whether another wish was written into the open work while this one ran. */
  private static boolean newer(JournalEntry open, Run begun) {
    return open.wishSeq() != begun.open().orElseThrow().wishSeq();
  }

  private static Long mine(Run begun) {
    return begun.entry().epoch();
  }

  /** Whoever took over let the entry go: what is on the PBX all the same is no stranger. */
  private void leftBehind(Handle handle, Run begun, PlanOutcome outcome) {
    FormerObjects.note(handle, begun.entry().with(outcome.applied()), tenant.now());
  }

  /**
   * Another process took the entry over: what we sent is in doubt, and nothing else is ours. The
   * epoch moves, so that it does not take for certain what it did meanwhile.
   */
  private void doubtOnly(Handle handle, Run begun, Entry current, PlanOutcome outcome) {
    var sent = new ArrayList<>(outcome.done());
    if (outcome instanceof PlanOutcome.Unanswered lost) {
      sent.add(lost.at());
    }
    if (sent.isEmpty()) {
      return;
    }
    var doubted = current.with(PlannedCall.doubt(current.applied(), sent));
    EntryStore.claim(handle, doubted);
    EntryStore.update(handle, beginning.pending(doubted.claimed()));
    var reason = Optional.of("an earlier process ended its work late");
    var open =
        Journal.find(handle, current.id())
            .orElseGet(
                () ->
                    beginning
                        .opened(begun.with(current).with(Wish.of(current.resource())))
                        .resting(0, tenant.now(), reason));
    Journal.save(handle, tenant.overtaken(open, outcome instanceof PlanOutcome.Unanswered));
  }

  /**
   * A newer wish came in while we ran, or the report of a process that had the entry before: what
   * we know is kept, and it is planned from there. Ours, if it is still open, was refused.
   */
  private void recordOnly(
      Handle handle, Run begun, Entry current, JournalEntry open, PlanOutcome outcome) {
    EntryStore.update(handle, current.with(settlement.known(begun, outcome)));
    var rested = open.resting(open.attempts(), tenant.now(), open.reason());
    var work =
        outcome instanceof PlanOutcome.Unanswered
            ? rested.givenUp(tenant.now(), tenant.adapter().capabilities().quietTime())
            : rested;
    Journal.save(handle, begun.kind() == Run.Kind.RECOVERY ? work : work.back());
  }

  /** Nothing of a create that the PBX never took stays. */
  void forget(Run begun) {
    tenant
        .database()
        .run(
            handle ->
                commit(
                    handle, begun, Settled.forgotten(begun.entry(), Optional.empty()), List.of()));
  }

  private void commit(Handle handle, Run begun, Settled settled, List<PbxCall> done) {
    var entry = settled.entry();
    if (settled.forget()) {
      if (begun.deleting()) {
        FormerObjects.note(handle, begun.entry(), tenant.now());
      }
      beginning.awaited().settle(handle, entry, Set.of(), freeAt(begun, entry));
      EntryStore.delete(handle, entry.id());
      return;
    }
    begun
        .wish()
        .map(wish -> settled.tellsTargets(begun.kind()) ? wish : wish.set(done))
        .ifPresent(wish -> tenant.targets().keep(handle, tenant, entry.id(), wish));
    var report = tenant.targets().report();
    EntryStore.update(handle, begun.entry(), report.shown(handle, tenant, begun.entry(), entry));
    if (settled.open().isPresent()) {
      Journal.save(handle, settled.open().get());
      beginning.awaited().passOn(handle, entry, settled.open().get());
      beginning.noteBefore(handle, begun, entry);
    } else {
      Journal.close(handle, entry.id());
      beginning.awaited().settle(handle, entry, holding(entry), freeAt(begun, entry));
      nameInGroups(handle, entry);
    }
    boolean renamed = !externalId(entry).equals(externalId(begun.entry()));
    if (entry.life() == Life.LIVE && (begun.creating() || renamed)) {
      beginning.memberships().arrived(handle, entry);
    }
  }

  /** Groups know who has no number by the name, and the former one is free from now on. */
  private void nameInGroups(Handle handle, Entry entry) {
    var name = UserTarget.pbxName(entry.resource());
    if (tenant.adapter().capabilities().changes(PbxField.NAME)
        && UserTarget.extension(entry.resource()).isEmpty()
        && !name.isEmpty()) {
      var kept = new Reservation(Reservation.Kind.PBX_NAME, name);
      Memberships.renamed(handle, entry.id(), kept.value());
    }
  }

  /** What it goes on holding: of a retained user, what the PBX holds. */
  private Set<Reservation> holding(Entry entry) {
    var needed = target.needed(entry.resource());
    if (entry.life() == Life.RETAINED) {
      needed.removeIf(it -> it.kind() == Reservation.Kind.USER_NAME);
      Optional.ofNullable(entry.applied().fields().get(PbxField.MICROSOFT365))
          .ifPresent(id -> needed.add(new Reservation(Reservation.Kind.MICROSOFT365, id)));
    }
    return needed;
  }

  private static JsonNode externalId(Entry user) {
    return user.resource().path("externalId");
  }

  /** A number the PBX ever held rests before somebody else gets it. */
  private Instant freeAt(Run begun, Entry entry) {
    boolean held = !begun.creating() || begun.entry().applied().ref().isPresent();
    return held
        ? tenant.now().plus(quarantine(UserTarget.extension(entry.resource())))
        : tenant.now();
  }

  private Duration quarantine(String extension) {
    return tenant.mapping().extensions().pools().stream()
        .filter(pool -> pool.contains(extension))
        .map(Pool::quarantine)
        .findFirst()
        .orElse(Duration.ZERO);
  }
}
