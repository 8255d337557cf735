package dev.patchbay.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Names and numbers of a tenant: never two holders, and none freed while the PBX may still hold it.
 * All methods run in the caller's transaction.
 */
public final class Reservations {
  private final String tenant;

  public Reservations(String tenant) {
    this.tenant = tenant;
  }

  /** Whose names and numbers they are. */
  public String tenant() {
    return tenant;
  }

  /** Takes the name or number for the entry; the entry's own one is granted again. */
  public Holder take(Handle handle, Reservation wanted, String entryId, Instant now) {
    return take(handle, wanted, entryId, row -> !row.freeAt().orElse(Instant.MAX).isAfter(now));
  }

  /** As {@link #take}, in spite of a quarantine: somebody asked for exactly this number. */
  public Holder takeResting(Handle handle, Reservation wanted, String entryId) {
    return take(handle, wanted, entryId, row -> row.freeAt().isPresent());
  }

  /**
   * As {@link #take}, in spite of a quarantine and of a stranger: who has it on the PBX is known,
   * and is the entry's.
   */
  public Holder takeOver(Handle handle, Reservation wanted, String entryId) {
    return take(handle, wanted, entryId, row -> row.entryId().isEmpty());
  }

  private Holder take(Handle handle, Reservation wanted, String entryId, Predicate<Row> free) {
    if (isNew(handle, wanted, entryId)) {
      return new Holder.Granted();
    }
    var held = find(handle, wanted).orElseThrow();
    if (held.entryId().equals(Optional.of(entryId))) {
      if (held.freeAt().isPresent()) {
        keep(handle, wanted);
      }
      return new Holder.Granted();
    }
    if (free.test(held)) {
      handle.execute(
          "update reservation set entry_id = ?, settled = 0, free_at = null"
              + " where tenant = ? and kind = ? and value = ?",
          entryId,
          tenant,
          wanted.kind().column(),
          wanted.value());
      return new Holder.Granted();
    }
    return held.freeAt().isPresent() || held.entryId().isEmpty()
        ? new Holder.NotOurs()
        : new Holder.Taken(held.entryId().get(), held.settled());
  }

  /** Takes what nobody has, which is what most are, without looking first. */
  private boolean isNew(Handle handle, Reservation wanted, String entryId) {
    return handle.execute(
            "insert into reservation (tenant, kind, value, entry_id, settled)"
                + " values (?, ?, ?, ?, 0) on conflict do nothing",
            tenant,
            wanted.kind().column(),
            wanted.value(),
            entryId)
        == 1;
  }

  private void keep(Handle handle, Reservation own) {
    handle.execute(
        "update reservation set free_at = null where tenant = ? and kind = ? and value = ?",
        tenant,
        own.kind().column(),
        own.value());
  }

  /** Who holds the name or number now, if anybody. */
  public Optional<Holder> holder(Handle handle, Reservation wanted) {
    return find(handle, wanted)
        .map(
            row ->
                row.entryId().isPresent()
                    ? new Holder.Taken(row.entryId().get(), row.settled())
                    : new Holder.NotOurs());
  }

  /**
   * Takes it, or waits for it where nobody else does: who releases it gives it to the waiting one.
   * {@link Holder.Taken} says that somebody else waits.
   */
  public Holder await(Handle handle, Reservation wanted, String entryId, Instant now) {
    var holder = take(handle, wanted, entryId, now);
    if (!(holder instanceof Holder.Taken)) {
      return holder;
    }
    boolean waits =
        handle.execute(
                "update reservation set waiter = ?, waiting_since = coalesce(waiting_since, ?)"
                    + " where tenant = ? and kind = ? and value = ?"
                    + " and (waiter is null or waiter = ?)",
                entryId,
                now.toEpochMilli(),
                tenant,
                wanted.kind().column(),
                wanted.value(),
                entryId)
            == 1;
    return waits ? new Holder.Granted() : holder;
  }

  /**
   * Who waits for a name or number that somebody else has.
   *
   * @param since when it began to
   */
  public record Waiter(String entryId, Instant since) {}

  public Optional<Waiter> waiter(Handle handle, Reservation wanted) {
    return handle
        .createQuery(
            "select waiter, waiting_since from reservation where tenant = :tenant"
                + " and kind = :kind and value = :value and waiter is not null")
        .bind("tenant", tenant)
        .bind("kind", wanted.kind().column())
        .bind("value", wanted.value())
        .map(
            (row, context) ->
                new Waiter(
                    row.getString("waiter"), Instant.ofEpochMilli(row.getLong("waiting_since"))))
        .findOne();
  }

  /** Waits no longer for anything but this. */
  public void stopWaiting(Handle handle, String entryId, Optional<Reservation> butFor) {
    handle.execute(
        "update reservation set waiter = null, waiting_since = null where waiter = ?"
            + " and not (kind = ? and value = ?)",
        entryId,
        Reservation.Kind.MICROSOFT365.column(),
        butFor.map(Reservation::value).orElse(""));
  }

  /** Everything the entry holds and has not released. */
  public List<Reservation> of(Handle handle, String entryId) {
    return held(handle, entryId).stream()
        .filter(row -> !row.awaited())
        .map(Held::reservation)
        .toList();
  }

  /** What it holds, and what it waits for. */
  private List<Held> held(Handle handle, String entryId) {
    return handle
        .createQuery(
            "select kind, value, settled, entry_id from reservation"
                + " where (entry_id = :entry and free_at is null) or waiter = :entry")
        .bind("entry", entryId)
        .map(
            (row, context) ->
                new Held(
                    new Reservation(
                        Reservation.Kind.of(row.getString("kind")), row.getString("value")),
                    row.getBoolean("settled"),
                    !entryId.equals(row.getString("entry_id"))))
        .list();
  }

  /** Another entry holds from now on what this one held: it stands for the same object. */
  public void move(Handle handle, String from, String to) {
    handle.execute(
        "update reservation set entry_id = ?, settled = 0 where entry_id = ? and tenant = ?",
        to,
        from,
        tenant);
  }

  private record Held(Reservation reservation, boolean settled, boolean awaited) {}

  /**
   * The write that took them has ended well: the entry keeps what it needs, for good, waits for
   * nothing, and releases the rest as {@link #release} does.
   *
   * @return the entries that have from now on what they waited for
   */
  public List<String> settle(
      Handle handle, String entryId, Set<Reservation> needed, Instant freeAt) {
    var held = held(handle, entryId);
    if (held.stream().anyMatch(Held::awaited)) {
      stopWaiting(handle, entryId, Optional.empty());
      held.removeIf(Held::awaited);
    }
    var heirs =
        held.stream()
            .map(Held::reservation)
            .filter(own -> !needed.contains(own))
            .flatMap(own -> release(handle, own, entryId, freeAt).stream())
            .toList();
    if (!held.stream().allMatch(Held::settled)) {
      handle.execute(
          "update reservation set settled = 1 where entry_id = ? and settled = 0", entryId);
    }
    return heirs;
  }

  /** Gives it to the entry that waits for it, if one does. */
  private Optional<String> inherited(Handle handle, Reservation own, String entryId) {
    return handle
        .createQuery(
            "update reservation set entry_id = waiter, settled = 0, waiter = null,"
                + " waiting_since = null where tenant = :tenant and kind = :kind"
                + " and value = :value and entry_id = :entry and waiter is not null"
                + " returning entry_id")
        .bind("tenant", tenant)
        .bind("kind", own.kind().column())
        .bind("value", own.value())
        .bind("entry", entryId)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * The PBX provably does not hold it any more. A name is free at once, or the waiting entry's; an
   * extension rests until {@code freeAt}, and its row stays so that the lowest free number is found
   * again.
   *
   * @return the entry that waited for it
   */
  public Optional<String> release(Handle handle, Reservation own, String entryId, Instant freeAt) {
    if (own.kind() == Reservation.Kind.MICROSOFT365) {
      var heir = inherited(handle, own, entryId);
      if (heir.isPresent()) {
        return heir;
      }
    }
    if (own.kind() != Reservation.Kind.EXTENSION) {
      handle.execute(
          "delete from reservation where tenant = ? and kind = ? and value = ? and entry_id = ?",
          tenant,
          own.kind().column(),
          own.value(),
          entryId);
      return Optional.empty();
    }
    handle.execute(
        "update reservation set entry_id = null, free_at = ?"
            + " where tenant = ? and kind = 'extension' and value = ? and entry_id = ?",
        freeAt.toEpochMilli(),
        tenant,
        own.value(),
        entryId);
    return Optional.empty();
  }

  /** An object that is not ours has it on the PBX: taken, and never freed by us. */
  public void markStranger(Handle handle, Reservation taken) {
    handle.execute(
        "insert into reservation (tenant, kind, value, entry_id, settled) values (?, ?, ?, null, 1)"
            + " on conflict (tenant, kind, value) do update set entry_id = null, settled = 1,"
            + " free_at = null",
        tenant,
        taken.kind().column(),
        taken.value());
  }

  /** Marks numbers that strangers have on the PBX, leaving those that are already held. */
  public void markStrangers(Handle handle, Iterable<String> extensions) {
    try (var batch =
        handle.prepareBatch(
            "insert into reservation (tenant, kind, value, entry_id, settled)"
                + " values (:tenant, 'extension', :value, null, 1) on conflict do nothing")) {
      for (String extension : extensions) {
        batch.bind("tenant", tenant).bind("value", extension).add();
      }
      batch.execute();
    }
  }

  /** The lowest number between the two that was held once and is free again. */
  public Optional<String> lowestReleased(Handle handle, String first, String last, Instant now) {
    return handle
        .createQuery(
            """
            select value from reservation where tenant = :tenant and kind = 'extension'
              and free_at <= :now and length(value) = length(:first) and value between :first and :last
            order by value limit 1
            """)
        .bind("tenant", tenant)
        .bind("now", now.toEpochMilli())
        .bind("first", first)
        .bind("last", last)
        .mapTo(String.class)
        .findOne();
  }

  /** The first number of the pool that was never handed out, if one was noted. */
  public Optional<String> cursor(Handle handle, String pool) {
    return handle
        .createQuery("select next_number from pool_cursor where tenant = :tenant and pool = :pool")
        .bind("tenant", tenant)
        .bind("pool", pool)
        .mapTo(String.class)
        .findOne();
  }

  public void moveCursor(Handle handle, String pool, String next) {
    handle.execute(
        "insert into pool_cursor (tenant, pool, next_number) values (?, ?, ?)"
            + " on conflict (tenant, pool) do update set next_number = excluded.next_number",
        tenant,
        pool,
        next);
  }

  private record Row(Optional<String> entryId, boolean settled, Optional<Instant> freeAt) {}

  private Optional<Row> find(Handle handle, Reservation wanted) {
    return handle
        .createQuery(
            "select entry_id, settled, free_at from reservation"
                + " where tenant = :tenant and kind = :kind and value = :value")
        .bind("tenant", tenant)
        .bind("kind", wanted.kind().column())
        .bind("value", wanted.value())
        .map(
            (row, context) -> {
              long freeAt = row.getLong("free_at");
              var free =
                  row.wasNull()
                      ? Optional.<Instant>empty()
                      : Optional.of(freeAt).map(Instant::ofEpochMilli);
              return new Row(
                  Optional.ofNullable(row.getString("entry_id")), row.getBoolean("settled"), free);
            })
        .findOne();
  }
}
