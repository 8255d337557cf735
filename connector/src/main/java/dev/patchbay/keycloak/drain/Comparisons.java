package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.snapshot.RealmCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** When everything is compared with one target: because somebody asks for it, or by the hour. */
final class Comparisons {
  /** Clocks of nodes differ by less, where they are kept in order. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final Clock clock;
  private Optional<Comparison> current = Optional.empty();

  Comparisons(Clock clock) {
    this.clock = clock;
  }

  /** With other settings it begins again. */
  void forget() {
    current = Optional.empty();
  }

  /** Compares the next page of everything, if that is asked for or time. Whether it did. */
  boolean step(Target target) {
    if (current.isEmpty()) {
      current = begin(target);
    }
    if (current.isEmpty()) {
      return false;
    }
    if (!current.get().step()) {
      target.transactions().run(session -> new Targets(session).ended(target.id(), clock.millis()));
      Outcomes.compared(target, current.get());
      current = Optional.empty();
    }
    return true;
  }

  private Optional<Comparison> begin(Target target) {
    Duration every = target.config().limits().reconcileEvery();
    return target
        .transactions()
        .get(
            session -> {
              var targets = new Targets(session);
              SyncKind kind =
                  targets
                      .get(target.id())
                      .map(it -> wanted(it.sync(), every, clock.millis()))
                      .orElse(SyncKind.NONE);
              if (kind == SyncKind.NONE) {
                return Optional.empty();
              }
              new RealmCache(session).forgetAll(target.realmId());
              long number = targets.started(target.id(), kind, clock.millis());
              return Optional.of(new Comparison(target, kind, number));
            });
  }

  /**
   * What was asked for, what another node did not end, or what it is time for. A last one that is
   * yet to come was by a clock that was ahead: nobody waits for that time.
   */
  static SyncKind wanted(Sync sync, Duration every, long now) {
    long ago = now - Math.max(sync.started(), sync.ended());
    boolean time = !every.isZero() && (ago >= every.toMillis() || ago < -CLOCKS.toMillis());
    return sync.asked().and(sync.running()).and(time ? SyncKind.FULL : SyncKind.NONE);
  }
}
