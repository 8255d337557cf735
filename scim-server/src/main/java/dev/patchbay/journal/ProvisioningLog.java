package dev.patchbay.journal;

import dev.patchbay.schema.StoredText;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who changed what, when, and what the PBX said: one line per outcome, kept with the change. */
public final class ProvisioningLog {
  /** So many lines are forgotten at once at the most. */
  static final int BATCH = 1000;

  private ProvisioningLog() {}

  /**
   * One outcome.
   *
   * @param source the token that asked for it
   * @param action create, replace, patch, delete, grant, recover, repair, cancel, mirror, or what
   *     was done to phones
   * @param outcome synced, pending, blocked, refused or unavailable
   * @param calls the names of the calls that were sent, in order
   */
  public record Line(
      Instant at,
      String tenant,
      String entryId,
      String type,
      String name,
      String source,
      String action,
      String outcome,
      String calls,
      @Nullable String detail) {}

  public static void add(Handle handle, Line line) {
    handle.execute(
        "insert into provisioning_log (at, tenant, entry_id, type, name, source, action, outcome,"
            + " calls, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        line.at().toEpochMilli(),
        line.tenant(),
        line.entryId(),
        line.type(),
        line.name(),
        line.source(),
        line.action(),
        line.outcome(),
        line.calls(),
        line.detail() == null ? null : StoredText.cleaned(line.detail()));
  }

  /** Forgets old lines, the oldest first; how many, {@link #BATCH} at the most. */
  static int forget(Handle handle, Instant before) {
    // Lines are in the order of their ids: no index on time is needed, and none is kept.
    return handle.execute(
        "delete from provisioning_log where at < ? and id in"
            + " (select id from provisioning_log order by id limit ?)",
        before.toEpochMilli(),
        BATCH);
  }

  /** What happened to one entry, newest first. */
  public static List<Line> of(Handle handle, String entryId, int limit) {
    return handle
        .createQuery(
            "select * from provisioning_log where entry_id = :entry order by id desc limit :limit")
        .bind("entry", entryId)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Line(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("tenant"),
                    row.getString("entry_id"),
                    row.getString("type"),
                    row.getString("name"),
                    row.getString("source"),
                    row.getString("action"),
                    row.getString("outcome"),
                    row.getString("calls"),
                    row.getString("detail")))
        .list();
  }
}
