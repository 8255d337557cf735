package dev.patchbay.journal;

import dev.patchbay.database.Database;
import dev.patchbay.directory.BoundList;
import dev.patchbay.directory.Json;
import dev.patchbay.schema.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Open work: at most one row per entry, written before the first PBX call and closed only when the
 * PBX provably holds what the directory says. All methods run in the caller's transaction.
 */
public final class Journal {
  private Journal() {}

  public static Optional<JournalEntry> find(Handle handle, String entryId) {
    return handle
        .createQuery("select * from journal where entry_id = :id")
        .bind("id", entryId)
        .map((row, context) -> work(row))
        .findOne();
  }

  /** Whose the open work is now. */
  public record Hands(long wishSeq, Optional<String> owner) {}

  /** Asked before each call, so it reads no more than that. */
  public static Optional<Hands> hands(Database database, String entryId) {
    return database.select(
        "select wish_seq, owner from journal where entry_id = ?",
        List.of(entryId),
        rows ->
            rows.next()
                ? Optional.of(new Hands(rows.getLong(1), Optional.ofNullable(rows.getString(2))))
                : Optional.empty());
  }

  /** Whether the entry has this epoch still, and no newer wish than this one. */
  public static boolean isAsClaimed(Handle handle, String entryId, long epoch, long wishSeq) {
    return handle
        .createQuery(
            """
            select 1 from entry left join journal on entry_id = id
            where id = :id and epoch = :epoch and (wish_seq is null or wish_seq = :wish_seq)
            """)
        .bind("id", entryId)
        .bind("epoch", epoch)
        .bind("wish_seq", wishSeq)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Opens the work or replaces what was open on the entry. */
  public static void save(Handle handle, JournalEntry work) {
    try (var upsert =
        handle.createUpdate(
            """
            insert into journal (entry_id, tenant, wish, wish_seq, direction, base_version, source,
              off_boarding, blocked, reason, given_up_at, attempts, due_at, owner, lease_until,
              opened_at, secrets)
            values (:entry_id, :tenant, :wish, :wish_seq, :direction, :base_version, :source,
              :off_boarding, :blocked, :reason, :given_up_at, :attempts, :due_at, :owner,
              :lease_until, :opened_at, :secrets)
            on conflict (entry_id) do update set wish = excluded.wish,
              wish_seq = excluded.wish_seq, direction = excluded.direction,
              base_version = excluded.base_version, source = excluded.source,
              off_boarding = excluded.off_boarding, blocked = excluded.blocked,
              reason = excluded.reason, given_up_at = excluded.given_up_at,
              attempts = excluded.attempts, due_at = excluded.due_at, owner = excluded.owner,
              lease_until = excluded.lease_until, secrets = excluded.secrets
            """)) {
      upsert
          .bind("entry_id", work.entryId())
          .bind("tenant", work.tenant())
          .bind("wish", work.wish().map(Json::text).orElse(null))
          .bind("wish_seq", work.wishSeq())
          .bind("direction", work.direction().column())
          .bind("base_version", work.baseVersion())
          .bind("source", work.source())
          .bind("off_boarding", work.offBoarding() ? 1 : 0)
          .bind("blocked", Json.fields(work.blocked()))
          .bind("reason", work.reason().map(StoredText::cleaned).orElse(null))
          .bind("given_up_at", millis(work.givenUpAt()))
          .bind("attempts", work.attempts())
          .bind("due_at", work.dueAt().toEpochMilli())
          .bind("owner", work.lease().map(JournalEntry.Lease::owner).orElse(null))
          .bind("lease_until", millis(work.lease().map(JournalEntry.Lease::until)))
          .bind("opened_at", work.openedAt().toEpochMilli())
          .bind("secrets", work.secrets().column().orElse(null))
          .execute();
    }
  }

  /** The wish, if it is still this one, was not accepted. */
  public static void turnBack(Handle handle, String entryId, long wishSeq) {
    handle.execute(
        "update journal set direction = ? where entry_id = ? and wish_seq = ?",
        Direction.BACK.column(),
        entryId,
        wishSeq);
  }

  public static void close(Handle handle, String entryId) {
    handle.execute("delete from journal where entry_id = ?", entryId);
  }

  /**
   * Takes the work as it was read, so that no other process takes it before the lease has ended;
   * false when somebody was faster or it changed since.
   */
  public static boolean claim(Handle handle, JournalEntry read, JournalEntry.Lease lease) {
    try (var claim =
        handle.createUpdate(
            """
            update journal set owner = :owner, lease_until = :until
            where entry_id = :entry_id and wish_seq = :wish_seq
              and owner is not distinct from :last_owner
              and lease_until is not distinct from :last_until
            """)) {
      return claim
              .bind("owner", lease.owner())
              .bind("until", lease.until().toEpochMilli())
              .bind("entry_id", read.entryId())
              .bind("wish_seq", read.wishSeq())
              .bind("last_owner", read.lease().map(JournalEntry.Lease::owner).orElse(null))
              .bind("last_until", millis(read.lease().map(JournalEntry.Lease::until)))
              .execute()
          == 1;
    }
  }

  /** The work of a claim that led to nothing is nobody's again. */
  public static void release(Handle handle, String entryId, String owner) {
    handle.execute(
        "update journal set owner = null, lease_until = null where entry_id = ? and owner = ?",
        entryId,
        owner);
  }

  /** Work that the process of this name has in hands, or had when it ended. */
  public static List<String> heldBy(Handle handle, String tenant, String owner) {
    return handle
        .createQuery("select entry_id from journal where tenant = :tenant and owner = :owner")
        .bind("tenant", tenant)
        .bind("owner", owner)
        .mapTo(String.class)
        .list();
  }

  /**
   * Takes work out of the hands of {@code owner}, who is not at it any more. Its last call may
   * still act, so the work rests for the quiet time.
   */
  public static void abandon(
      Handle handle, String entryId, String owner, Instant now, Duration quietTime) {
    handle.execute(
        "update journal set owner = null, lease_until = null, given_up_at = ?, due_at = ?"
            + " where entry_id = ? and owner = ?",
        now.toEpochMilli(),
        now.plus(quietTime).toEpochMilli(),
        entryId,
        owner);
  }

  /**
   * Abandons what any process had in hands. Only for a store that one process has to itself, which
   * is this one now.
   */
  public static void abandonAll(Handle handle, String tenant, Instant now, Duration quietTime) {
    handle.execute(
        "update journal set owner = null, lease_until = null, given_up_at = ?, due_at = ?"
            + " where tenant = ? and owner is not null",
        now.toEpochMilli(),
        now.plus(quietTime).toEpochMilli(),
        tenant);
  }

  /**
   * Entries whose work is due, not given up, not held for an operator and in nobody's hands,
   * off-boarding first, then the oldest.
   */
  public static List<String> due(
      Handle handle, String tenant, Instant now, Instant leaseEndedBefore, int limit) {
    return handle
        .createQuery(
            """
            select entry_id from journal
            where tenant = :tenant and due_at <= :now and (lease_until is null or lease_until <= :ended)
              and (attempts < :most or off_boarding = 1)
              and not exists (select 1 from held_work where held_work.entry_id = journal.entry_id)
            order by off_boarding desc, due_at limit :limit
            """)
        .bind("tenant", tenant)
        .bind("now", now.toEpochMilli())
        .bind("ended", leaseEndedBefore.toEpochMilli())
        .bind("most", JournalEntry.MOST_ATTEMPTS)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  /**
   * The clock was set back: what was noted in a time that has not come yet would wait for it.
   * Leases and quiet times begin anew, so that they are as long as they must be, and the rest is
   * due after one.
   *
   * @param longest when a lease that is taken now ends at the latest; one that ends later is of the
   *     former time
   * @param lease when it usually ends
   */
  public static void setBack(
      Handle handle,
      String tenant,
      Instant now,
      Instant longest,
      Instant lease,
      Duration quietTime) {
    var end = now.plus(quietTime);
    notLater(handle, tenant, "given_up_at", now, now);
    notLater(handle, tenant, "due_at", end, end);
    notLater(handle, tenant, "lease_until", longest, lease);
  }

  private static void notLater(
      Handle handle, String tenant, String column, Instant than, Instant instead) {
    handle.execute(
        "update journal set %1$s = ? where tenant = ? and %1$s > ? and %1$s < ?".formatted(column),
        instead.toEpochMilli(),
        tenant,
        than.toEpochMilli(),
        JournalEntry.NEVER.toEpochMilli());
  }

  /** Makes the entry's work due, if it has any. */
  public static void due(Handle handle, String entryId, Instant now) {
    handle.execute(
        "update journal set due_at = ? where entry_id = ? and due_at > ?",
        now.toEpochMilli(),
        entryId,
        now.toEpochMilli());
  }

  /** Makes due what waits for a PBX that is back, unless a call that was given up may still act. */
  public static void wake(Handle handle, String tenant, Instant now, Duration quietTime) {
    handle.execute(
        "update journal set due_at = ? where tenant = ? and due_at > ? and due_at < ? and"
            + " lease_until is null and (attempts < ? or off_boarding = 1) and (given_up_at is null"
            + " or given_up_at < ?)",
        now.toEpochMilli(),
        tenant,
        now.toEpochMilli(),
        JournalEntry.NEVER.toEpochMilli(),
        JournalEntry.MOST_ATTEMPTS,
        now.minus(quietTime).toEpochMilli());
  }

  /** Those among the entries that have open work. */
  public static Set<String> openAmong(Handle handle, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : handle
            .createQuery(
                "select entry_id from "
                    + BoundList.texts(handle)
                    + " cross join journal where entry_id = bound.value")
            .bind(BoundList.NAME, BoundList.of(ids))
            .mapTo(String.class)
            .set();
  }

  /** How many entries have open work. */
  public static long open(Handle handle, String tenant) {
    return handle
        .createQuery("select count(*) from journal where tenant = :tenant")
        .bind("tenant", tenant)
        .mapTo(Long.class)
        .one();
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static JournalEntry work(ResultSet row) throws SQLException {
    var until = instant(row, "lease_until");
    var owner = Optional.ofNullable(row.getString("owner"));
    return new JournalEntry(
        row.getString("entry_id"),
        row.getString("tenant"),
        Optional.ofNullable(row.getString("wish")).map(Json::parse),
        row.getLong("wish_seq"),
        Direction.of(row.getString("direction")),
        row.getLong("base_version"),
        row.getString("source"),
        row.getBoolean("off_boarding"),
        Json.fields(row.getString("blocked")),
        Optional.ofNullable(row.getString("reason")),
        instant(row, "given_up_at"),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("due_at")),
        owner.flatMap(name -> until.map(time -> new JournalEntry.Lease(name, time))),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        SecretSlot.of(row.getString("secrets")));
  }
}
