package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds off-boarding that is suddenly very much, until an operator has looked: an identity provider
 * or a restored PBX gone wrong must not put everybody out.
 */
public final class SafetyBrake {
  private static final Logger LOG = LoggerFactory.getLogger(SafetyBrake.class);

  private final String tenant;
  private final Database database;
  private final Clock clock;

  public SafetyBrake(String tenant, Database database, Clock clock) {
    this.tenant = tenant;
    this.database = database;
    this.clock = clock;
  }

  /** Whose off-boarding is held. */
  public enum Kind {
    /** What a comparison with the PBX would take away. */
    RECONCILE,
    /** What identity providers ask for. */
    INBOUND,
    /** Retained users whose time is over. */
    RETENTION,
    /** Whom another filter of a target does not choose any more. */
    FILTER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A brake that was pulled.
   *
   * @param wanted how many people were to be put out
   * @param allowed how many go through without asking
   * @param releasedBy the operator who lets as many through, once
   */
  public record Pulled(
      Kind kind, Instant since, long wanted, long allowed, Optional<String> releasedBy) {}

  /** Whether so many of so many users have to wait; what an operator released goes through once. */
  public boolean holds(Kind kind, long wanted, long users, BrakeLimit limit) {
    return database.write(handle -> holds(handle, kind, wanted, () -> limit.of(users)));
  }

  /** As {@link #holds(Kind, long, long, BrakeLimit)}, in the caller's transaction. */
  boolean holds(Handle handle, Kind kind, long wanted, LongSupplier limit) {
    var pulled = find(handle, kind);
    long allowed = limit.getAsLong();
    boolean released = pulled.filter(it -> passes(it, wanted)).isPresent();
    if (wanted == 0 || released || (pulled.isEmpty() && wanted <= allowed)) {
      delete(handle, kind);
      return false;
    }
    pull(handle, kind, wanted, allowed);
    if (pulled.filter(it -> it.releasedBy().isEmpty()).isEmpty()) {
      alarm(kind, wanted, allowed);
    }
    return true;
  }

  /** Once for each time it is pulled, not for each person it holds. */
  private void alarm(Kind kind, long wanted, long allowed) {
    LOG.error(
        "alarm: brake pulled pbx={} kind={} wanted={} allowed={}",
        tenant,
        kind.word(),
        wanted,
        allowed);
  }

  private static boolean passes(Pulled pulled, long wanted) {
    return pulled.releasedBy().isPresent() && wanted <= Math.max(pulled.wanted(), pulled.allowed());
  }

  private void pull(Handle handle, Kind kind, long wanted, long allowed) {
    handle.execute(
        "insert into safety_brake (tenant, kind, since, wanted, allowed) values (?, ?, ?, ?, ?)"
            + " on conflict (tenant, kind) do update set wanted = excluded.wanted,"
            + " allowed = excluded.allowed, released_by = null",
        tenant,
        kind.word(),
        clock.millis(),
        wanted,
        allowed);
  }

  private void delete(Handle handle, Kind kind) {
    handle.execute("delete from safety_brake where tenant = ? and kind = ?", tenant, kind.word());
  }

  /** Lets through once what is held; false when nothing is. */
  public boolean release(Kind kind, String operator) {
    return switch (kind) {
      case RECONCILE, RETENTION -> database.write(handle -> releaseOnce(handle, kind, operator));
      case INBOUND -> database.write(this::releaseInbound);
      case FILTER -> database.write(this::releaseFilter);
    };
  }

  private boolean releaseOnce(Handle handle, Kind kind, String operator) {
    return handle.execute(
            "update safety_brake set released_by = ? where tenant = ? and kind = ?",
            operator,
            tenant,
            kind.word())
        == 1;
  }

  /** What was held goes on, and counting begins anew. */
  private boolean releaseInbound(Handle handle) {
    boolean pulled = find(handle, Kind.INBOUND).isPresent();
    delete(handle, Kind.INBOUND);
    handle.execute("delete from put_out where tenant = ?", tenant);
    return handle.execute("delete from held_work where tenant = ?", tenant) > 0 || pulled;
  }

  private boolean releaseFilter(Handle handle) {
    boolean pulled = find(handle, Kind.FILTER).isPresent();
    delete(handle, Kind.FILTER);
    FollowedRows.release(handle, tenant, clock.instant());
    return pulled;
  }

  boolean isPulled(Kind kind) {
    return database.read(handle -> find(handle, kind)).isPresent();
  }

  /** The brakes that are pulled. */
  public List<Pulled> pulled() {
    return database.read(
        handle ->
            List.of(Kind.values()).stream().flatMap(it -> find(handle, it).stream()).toList());
  }

  private Optional<Pulled> find(Handle handle, Kind kind) {
    return handle
        .createQuery("select * from safety_brake where tenant = :tenant and kind = :kind")
        .bind("tenant", tenant)
        .bind("kind", kind.word())
        .map(
            (row, context) ->
                new Pulled(
                    kind,
                    Instant.ofEpochMilli(row.getLong("since")),
                    row.getLong("wanted"),
                    row.getLong("allowed"),
                    Optional.ofNullable(row.getString("released_by"))))
        .findOne();
  }
}
