package dev.patchbay.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Open work as an operator sees it, and what an operator may do to it.
 *
 * @param type User or Group
 * @param name what people call it
 * @param state as reads of the entry show it, too
 */
public record OpenWork(JournalEntry work, String type, String name, State state) {
  /**
   * A part is given up, or what reads show says so: of a deletion or a member the PBX refuses there
   * is no such part. A text in a resource has its quotes escaped.
   */
  private static final String BLOCKED =
      "(journal.blocked <> '[]' or entry.resource like '%\"state\":\"blocked\"%')";

  /** Off-boarding before everything else, then the oldest. */
  public static final Comparator<OpenWork> FIRST =
      Comparator.comparing((OpenWork open) -> !open.work().offBoarding())
          .thenComparing(open -> open.work().openedAt());

  /** Whether the bridge goes on by itself. */
  public enum State {
    WAITING,
    /** The PBX refuses a part, or was not there too often: a person has to look at it. */
    BLOCKED
  }

  /**
   * How much is open.
   *
   * @param offBoarding how many of them take something away
   * @param oldest when the oldest of it was opened
   */
  public record Summary(long waiting, long blocked, long offBoarding, Optional<Instant> oldest) {}

  /** Off-boarding first, then the oldest. */
  public static List<OpenWork> list(Handle handle, String tenant, int limit) {
    return handle
        .createQuery(
            """
            select journal.*, entry.type as entry_type, entry.label as entry_label,
              case when %s then 1 else 0 end as stuck
            from journal join entry on entry.id = journal.entry_id
            where journal.tenant = :tenant
            order by journal.off_boarding desc, journal.opened_at, journal.entry_id limit :limit
            """
                .formatted(BLOCKED))
        .bind("tenant", tenant)
        .bind("limit", limit)
        .map((row, context) -> openWork(row))
        .list();
  }

  private static OpenWork openWork(ResultSet row) throws SQLException {
    return new OpenWork(
        Journal.work(row),
        row.getString("entry_type"),
        Optional.ofNullable(row.getString("entry_label")).orElse(""),
        row.getBoolean("stuck") ? State.BLOCKED : State.WAITING);
  }

  public static Summary summary(Handle handle, String tenant) {
    return handle
        .createQuery(
            """
            select count(*) as total, sum(case when %s then 1 else 0 end) as blocked,
              sum(case when off_boarding <> 0 then 1 else 0 end) as off_boarding,
              min(opened_at) as oldest
            from journal join entry on entry.id = journal.entry_id where journal.tenant = :tenant
            """
                .formatted(BLOCKED))
        .bind("tenant", tenant)
        .map(
            (row, context) ->
                new Summary(
                    row.getLong("total") - row.getLong("blocked"),
                    row.getLong("blocked"),
                    row.getLong("off_boarding"),
                    Journal.instant(row, "oldest")))
        .one();
  }

  /** A brake holds it no more. */
  public static void letGo(Handle handle, String tenant, String entryId) {
    handle.execute("delete from held_work where entry_id = ? and tenant = ?", entryId, tenant);
  }

  /**
   * Due now, whatever held it, blocked parts included if {@code unblocked}; false when a run has it
   * in hands.
   *
   * @param ended whoever had it in hands until then is not at it any more
   */
  public static boolean retry(
      Handle handle, String tenant, String entryId, boolean unblocked, Instant now, Instant ended) {
    letGo(handle, tenant, entryId);
    var parts = unblocked ? ", blocked = '[]', attempts = 0" : "";
    return handle.execute(
            "update journal set due_at = ?"
                + parts
                + " where entry_id = ? and tenant = ? and (owner is null or lease_until <= ?)",
            now.toEpochMilli(),
            entryId,
            tenant,
            ended.toEpochMilli())
        == 1;
  }
}
