package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts whom identity providers put out, and holds what is suddenly very much: it is wanted from
 * now on and kept as open work, and nothing is sent until an operator has looked.
 */
final class InboundBrake {
  static final Optional<String> WHY =
      Optional.of("held by the safety brake until an operator releases it");

  private final Tenant tenant;
  private final SafetyBrake brake;

  InboundBrake(Tenant tenant) {
    this.tenant = tenant;
    this.brake = new SafetyBrake(tenant.name(), tenant.database(), tenant.clock());
  }

  /** Whether this request has to wait; if not, who it puts out is counted. */
  boolean holds(Run run) {
    return concerns(run) && tenant.database().write(handle -> full(handle, run));
  }

  /** As {@link #holds(Run)}, in the caller's transaction. */
  boolean holds(Handle handle, Run run) {
    return concerns(run) && full(handle, run);
  }

  private boolean concerns(Run run) {
    return tenant.policy().brake().on() && leavesOut(run);
  }

  private boolean full(Handle handle, Run run) {
    return held(handle, run.entry().id()) || (putsOut(run) && full(handle));
  }

  /** Whether the user is to be out, so that nothing but his return may be sent. */
  private static boolean leavesOut(Run run) {
    return run.deleting() || !active(run.wish().orElseThrow().resource().path("active"));
  }

  private static boolean putsOut(Run run) {
    return run.deleting()
        ? run.entry().life() == Life.LIVE
        : active(run.base().path("active")) && run.takesAway();
  }

  private static boolean active(JsonNode active) {
    return active.asBoolean(true);
  }

  /** Whether work on the entry waits for an operator. */
  static boolean held(Handle handle, String entryId) {
    return handle
            .createQuery("select count(*) from held_work where entry_id = :id")
            .bind("id", entryId)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private boolean full(Handle handle) {
    var settings = tenant.policy().brake();
    var since = tenant.now().minus(settings.window());
    handle.execute(
        "delete from put_out where tenant = ? and at < ?", tenant.name(), since.toEpochMilli());
    long wanted = count(handle, "put_out") + count(handle, "held_work") + 1;
    if (brake.holds(handle, SafetyBrake.Kind.INBOUND, wanted, () -> allowed(handle, settings))) {
      return true;
    }
    handle.execute(
        "insert into put_out (tenant, at) values (?, ?)",
        tenant.name(),
        tenant.now().toEpochMilli());
    return false;
  }

  private long count(Handle handle, String table) {
    return handle
        .createQuery("select count(*) from " + table + " where tenant = :tenant")
        .bind("tenant", tenant.name())
        .mapTo(Long.class)
        .one();
  }

  private long allowed(Handle handle, BrakeSettings settings) {
    return settings.limit().of(users(handle, tenant.name()));
  }

  /** How many users can work. */
  static long users(Handle handle, String tenant) {
    return handle
        .createQuery(
            "select count(*) from entry where tenant = :tenant and type = :type"
                + " and visible = 1 and active = 1")
        .bind("tenant", tenant)
        .bind("type", EntryType.USER.scimName())
        .mapTo(Long.class)
        .one();
  }

  /**
   * In the commit that keeps the wish: its work waits for an operator. Who has it in hands finds
   * the newer wish, and stops.
   */
  void hold(Handle handle, String entryId) {
    Journal.find(handle, entryId)
        .map(open -> tenant.leased(Optional.of(open)) ? open.because(WHY) : held(open))
        .ifPresent(open -> Journal.save(handle, open));
    handle.execute(
        "insert into held_work (entry_id, tenant) values (?, ?) on conflict do nothing",
        entryId,
        tenant.name());
  }

  private JournalEntry held(JournalEntry open) {
    return open.resting(open.attempts(), tenant.now(), WHY);
  }
}
