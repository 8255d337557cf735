package dev.patchbay.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the comparisons whose time has come. When that is follows from the last report kept. */
public final class ReconcileSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileSchedule.class);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final List<Reconciliation> tenants;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reconcile-schedule").factory());

  private ReconcileSchedule(Collection<Reconciliation> tenants) {
    this.tenants = List.copyOf(tenants);
  }

  public static ReconcileSchedule start(Collection<Reconciliation> tenants) {
    var schedule = new ReconcileSchedule(tenants);
    var pause = pause(schedule.tenants).toMillis();
    var unused =
        schedule.worker.scheduleWithFixedDelay(schedule::look, pause, pause, TimeUnit.MILLISECONDS);
    return schedule;
  }

  /** Whoever asks for a comparison every ten seconds gets one every ten seconds. */
  private static Duration pause(Collection<Reconciliation> tenants) {
    boolean often =
        tenants.stream()
            .flatMap(tenant -> tenant.every().stream())
            .anyMatch(every -> every.compareTo(LONGEST_PAUSE) < 0);
    return often ? SHORTEST_PAUSE : LONGEST_PAUSE;
  }

  private void look() {
    for (Reconciliation tenant : tenants) {
      try {
        tenant.startIfDue();
      } catch (RuntimeException e) {
        LOG.error("a comparison could not begin", e); // a schedule ends with what it throws
      }
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
