package dev.patchbay.provisioning;

import java.time.Duration;
import java.util.Optional;

/**
 * The right to bring one entry to one target. Of several processes one has it at a time, so that
 * none acts on what it read before another one acted; alone, the lock in memory is enough.
 */
final class FollowLease implements AutoCloseable {
  private final Tenant tenant;
  private final String entryId;
  private final Target target;
  private final boolean alone;

  private FollowLease(Tenant tenant, String entryId, Target target) {
    this.tenant = tenant;
    this.entryId = entryId;
    this.target = target;
    this.alone = !tenant.targets().withOthers();
  }

  /** Empty while another process has it. */
  static Optional<FollowLease> take(Tenant tenant, String entryId, Target target) {
    var lease = new FollowLease(tenant, entryId, target);
    return lease.renewed() ? Optional.of(lease) : Optional.empty();
  }

  /** Before each step: false when another process took it, because this one stood still. */
  boolean renewed() {
    if (alone) {
      return true;
    }
    var now = tenant.now();
    return tenant
            .database()
            .write(
                handle ->
                    handle.execute(
                        """
                        insert into follow_lease (entry_id, target, owner, until) values (?, ?, ?, ?)
                        on conflict (entry_id, target) do update
                          set owner = excluded.owner, until = excluded.until
                          where follow_lease.owner = excluded.owner or follow_lease.until <= ?
                        """,
                        entryId,
                        target.tenant(),
                        tenant.owner(),
                        now.plus(limit()).toEpochMilli(),
                        now.toEpochMilli()))
        == 1;
  }

  /** For one write there: waiting for its turn, its calls, and the last of them. */
  private Duration limit() {
    return target.provisioner().longestWrite();
  }

  @Override
  public void close() {
    if (!alone) {
      tenant
          .database()
          .run(
              handle ->
                  handle.execute(
                      "delete from follow_lease where entry_id = ? and target = ? and owner = ?",
                      entryId,
                      target.tenant(),
                      tenant.owner()));
    }
  }
}
