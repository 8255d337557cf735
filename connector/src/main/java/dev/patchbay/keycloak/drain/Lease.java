package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.TargetRow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The right of one node to send to a target. The holder keeps a number in the database growing;
 * another takes over when the number has stood still for as long as the lease lasts by its own
 * watch. No node's clock is compared with another's.
 */
final class Lease {
  /**
   * Far less than the lease is longer than a request: there is never a moment at which the holder
   * may not begin one.
   */
  private static final Duration BEAT = Duration.ofMillis(900);

  private final String node;
  private final Claims claims;
  private final LongSupplier nanos;
  private long seenBeat = -1;
  private long seenAt;
  private volatile long heldUntil;
  private volatile boolean held;
  private final AtomicInteger taken = new AtomicInteger();

  Lease(String node, Claims claims, LongSupplier nanos) {
    this.node = node;
    this.claims = claims;
    this.nanos = nanos;
    this.seenAt = nanos.getAsLong();
  }

  /** What the nodes write where all of them see it; each says whether it took effect. */
  interface Claims {
    /** The node owns the target, unless somebody's beat went on since this one. */
    boolean take(long seenBeat, Duration length);

    /** The owner goes on. */
    boolean beat(Duration length);

    void release();
  }

  /**
   * Looks at what the nodes share, and holds on to the lease or takes it if it may.
   *
   * @param length longer than any request takes; others wait as long as the holder says
   */
  void look(TargetRow row, Duration length) {
    long now = nanos.getAsLong();
    if (row.owner().equals(node)) {
      if (heldUntil - now < length.toNanos() - BEAT.toNanos()) {
        settle(claims.beat(length), now, length);
      }
    } else if (row.owner().isEmpty() || isStill(row, now)) {
      settle(claims.take(row.beat(), length), now, length);
      taken.incrementAndGet();
    } else {
      held = false;
    }
  }

  private boolean isStill(TargetRow row, long now) {
    if (row.beat() != seenBeat) {
      seenBeat = row.beat();
      seenAt = now;
    }
    return now - seenAt > Duration.ofMillis(row.leaseMillis()).toNanos();
  }

  /**
   * Counts from before the database was asked, which is before anybody else can have seen the beat.
   */
  private void settle(boolean ours, long asked, Duration length) {
    heldUntil = asked + length.toNanos();
    held = ours;
  }

  /** Whether a request that takes this long ends before anybody else may send. */
  boolean lasts(Duration time) {
    return held && heldUntil - nanos.getAsLong() > time.toNanos();
  }

  /** Grows whenever the node may have become the holder; another may have been it before. */
  int taken() {
    return taken.get();
  }

  /** Another node need not wait. */
  void release() {
    if (held) {
      held = false;
      claims.release();
    }
  }
}
