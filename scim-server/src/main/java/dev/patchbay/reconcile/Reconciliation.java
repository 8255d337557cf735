package dev.patchbay.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.database.Rounds;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.provisioning.Inspection;
import dev.patchbay.provisioning.SafetyBrake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares one tenant with its PBX, one comparison at a time, and keeps the last report. */
public final class Reconciliation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  /** Until the first comparison: who starts the bridge has other things to ask. */
  private static final Duration FIRST = Duration.ofHours(1);

  private final String tenant;
  private final Database database;
  private final PbxAdapter pbx;
  private final Inspection inspection;
  private final SafetyBrake brake;
  private final ReconcileSettings settings;
  private final Clock clock;
  private final Instant opened;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("reconcile-", 0).factory());

  public Reconciliation(
      String tenant,
      Database database,
      PbxAdapter pbx,
      Inspection inspection,
      ReconcileSettings settings,
      Clock clock) {
    this.tenant = tenant;
    this.database = database.of(tenant);
    this.pbx = pbx;
    this.inspection = inspection;
    this.brake = new SafetyBrake(tenant, this.database, clock);
    this.settings = settings;
    this.clock = clock;
    this.opened = clock.instant();
  }

  /** Begins a comparison; false while one is under way here. */
  public boolean start(RepairPolicy policy, String by) {
    if (!underWay.compareAndSet(false, true)) {
      return false;
    }
    try {
      worker.execute(() -> run(policy, by));
      return true;
    } catch (RejectedExecutionException closed) {
      underWay.set(false);
      return false;
    }
  }

  /** Begins what the settings ask for, if its time has come. */
  void startIfDue() {
    var now = clock.instant();
    // Of the processes that have the store one compares; the report it keeps puts the others off.
    if (settings
        .every()
        .filter(every -> !due(every).isAfter(now) && begins(now, every))
        .isPresent()) {
      var unused = start(settings.repair(), "schedule");
    }
  }

  private boolean begins(Instant now, Duration every) {
    return new Rounds(database, "comparison of " + tenant).begins(now, every.dividedBy(2));
  }

  private Instant due(Duration every) {
    return last()
        .map(report -> Instant.parse(report.path("startedAt").asText()).plus(every))
        .orElseGet(() -> opened.plus(every.compareTo(FIRST) < 0 ? every : FIRST));
  }

  /** How long after one comparison the next begins by itself. */
  Optional<Duration> every() {
    return settings.every();
  }

  public boolean underWay() {
    return underWay.get();
  }

  public SafetyBrake brake() {
    return brake;
  }

  /** The last report, as the operators' API shows it. */
  public Optional<ObjectNode> last() {
    return database.read(handle -> ReportStore.last(handle, tenant));
  }

  private void run(RepairPolicy policy, String by) {
    try {
      compare(policy, by);
    } catch (RuntimeException e) {
      LOG.error("comparison failed pbx={}", tenant, e);
    } finally {
      underWay.set(false);
    }
  }

  private void compare(RepairPolicy policy, String by) {
    var started = clock.instant();
    var reconciler = new Reconciler(pbx, inspection, policy, this::holds, worker::isShutdown);
    var compared = reconciler.run();
    var report = new Report(tenant, by, policy, started, clock.instant(), compared);
    ReportLog.write(report);
    database.run(handle -> ReportStore.save(handle, report));
  }

  private boolean holds(long wanted, long users) {
    return brake.holds(SafetyBrake.Kind.RECONCILE, wanted, users, settings.brake());
  }

  /** Ends a comparison after what it is at. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      boolean ended = worker.awaitTermination(30, TimeUnit.SECONDS);
      LOG.debug("pbx={} is not compared any more ended={}", tenant, ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
