package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.plan.ProvisioningPlan.Awaiting;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Two users may exchange their Microsoft 365 ids, one request after the other: who is to have one
 * that another user still has gives up its own and waits. What is given up goes to the waiting one
 * in the same commit. One waits for an id, for a day at the longest.
 */
final class AwaitedIds {
  static final Duration LONGEST = Duration.ofDays(1);

  /** When it is looked at again, should nobody have told: a bridge of an earlier release, say. */
  static final Duration LOOK = Duration.ofHours(1);

  static final Optional<String> WAITS =
      Optional.of("waits for a Microsoft 365 id that another user still has");

  static final Optional<String> IN_VAIN =
      Optional.of("another user kept the Microsoft 365 id that this one is to have");

  private final Tenant tenant;
  private final UserTarget target;
  private final Reservations reservations;
  private final Shown shown;

  AwaitedIds(Tenant tenant, UserTarget target) {
    this.tenant = tenant;
    this.target = target;
    this.reservations = tenant.reservations();
    this.shown = new Shown(target);
  }

  /** The plan without the binding that has to wait, if one has to. */
  ProvisioningPlan planned(Run run, ProvisioningPlan plan) {
    if (run.creating() || !plan.binds()) {
      return plan;
    }
    var awaiting =
        run.wish()
            .flatMap(wish -> target.microsoftId(wish.resource()))
            .map(id -> tenant.database().read(handle -> awaiting(handle, run, id)))
            .orElse(Awaiting.NOTHING);
    return awaiting == Awaiting.NOTHING ? plan : plan.withoutBinding(awaiting);
  }

  private Awaiting awaiting(Handle handle, Run run, Reservation id) {
    return reservations
        .holder(handle, id)
        .map(it -> shown.holder(handle, it, id))
        .filter(Holder.Taken.class::isInstance)
        .map(Holder.Taken.class::cast)
        .filter(holder -> !holder.entryId().equals(run.entry().id()))
        .map(holder -> awaiting(handle, run, id, holder))
        .orElse(Awaiting.NOTHING);
  }

  private Awaiting awaiting(Handle handle, Run run, Reservation id, Holder.Taken holder) {
    boolean request = run.kind() != Run.Kind.RECOVERY;
    if (request && (!holder.settled() || retained(handle, holder))) {
      return Awaiting.NOTHING; // which is refused, or to be sent again in a moment
    }
    var waiter = reservations.waiter(handle, id);
    boolean others = waiter.filter(it -> !it.entryId().equals(run.entry().id())).isPresent();
    boolean longEnough =
        waiter.filter(it -> !it.since().plus(LONGEST).isAfter(tenant.now())).isPresent();
    return !request && (others || longEnough) ? Awaiting.IN_VAIN : Awaiting.AN_ID;
  }

  private static boolean retained(Handle handle, Holder.Taken holder) {
    return EntryStore.find(handle, holder.entryId())
        .filter(entry -> entry.life() == Life.RETAINED)
        .isPresent();
  }

  /** Takes what the wish needs, and waits where the plan does; in the commit that begins it. */
  void take(Handle handle, Run run, ProvisioningPlan plan, Allocation allocation) {
    var wish = run.wish().orElseThrow().resource();
    var needed = target.needed(wish);
    var id = target.microsoftId(wish);
    if (plan.awaiting() != Awaiting.NOTHING || (!plan.binds() && id.equals(shown(run)))) {
      id.ifPresent(needed::remove);
    }
    allocation.take(handle, needed, run.entry().id(), tenant.now());
    if (plan.awaiting() == Awaiting.AN_ID) {
      await(handle, run, id.orElseThrow());
    }
  }

  private Optional<Reservation> shown(Run run) {
    return target.microsoftId(run.entry().resource());
  }

  private void await(Handle handle, Run run, Reservation id) {
    var holder = reservations.await(handle, id, run.entry().id(), tenant.now());
    if (holder instanceof Holder.Taken && run.kind() != Run.Kind.RECOVERY) {
      throw new Refusal(
          Refusal.Kind.UNIQUENESS,
          "ms365.id " + Refusal.quoted(id.sent()) + " is taken, and another user waits for it");
    }
    Allocation.checkStranger(holder, id);
  }

  /** The work stays open: what the PBX provably does not bind to the user any more is free. */
  void passOn(Handle handle, Entry entry, JournalEntry open) {
    var wish = open.goesBack() ? entry.resource() : open.wish().orElse(entry.resource());
    var wanted = target.microsoftId(wish);
    var blocked = open.blocked().contains(PbxField.MICROSOFT365);
    reservations.stopWaiting(handle, entry.id(), wanted.filter(id -> !blocked));
    for (Reservation own : reservations.of(handle, entry.id())) {
      if (own.kind() == Reservation.Kind.MICROSOFT365) {
        passOn(handle, entry, open, own, wanted);
      }
    }
  }

  private void passOn(
      Handle handle,
      Entry entry,
      JournalEntry open,
      Reservation own,
      Optional<Reservation> wanted) {
    if (wanted.equals(Optional.of(own))) {
      if (open.reason().equals(WAITS)) {
        Journal.due(handle, entry.id(), tenant.now()); // it came while this was settled
      }
    } else if (!target.microsoftId(entry.resource()).equals(Optional.of(own))
        && !mayHold(entry.applied(), own)) {
      released(handle, reservations.release(handle, own, entry.id(), tenant.now()));
    }
  }

  /** Who waited for it goes on. */
  private void released(Handle handle, Optional<String> heir) {
    heir.ifPresent(id -> Journal.due(handle, id, tenant.now()));
  }

  private static boolean mayHold(Applied applied, Reservation id) {
    return applied.existence() == Applied.Existence.MAYBE
        || applied.maybe().contains(PbxField.MICROSOFT365)
        || Optional.ofNullable(applied.fields().get(PbxField.MICROSOFT365))
            .map(held -> new Reservation(Reservation.Kind.MICROSOFT365, held))
            .equals(Optional.of(id));
  }

  /** The work is done: the entry keeps what it needs, and whoever waited for the rest goes on. */
  void settle(Handle handle, Entry entry, Set<Reservation> needed, Instant freeAt) {
    reservations
        .settle(handle, entry.id(), needed, freeAt)
        .forEach(heir -> Journal.due(handle, heir, tenant.now()));
  }
}
