package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryType;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The further phone systems of one tenant, and who brings them where the tenant is: a request as
 * long as its client may wait, and a worker each for what is left.
 */
final class Targets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 200;

  /** Every so many rounds all users are compared: a third of a second for 100,000 of them. */
  private static final int ALL = 30;

  private final List<Lane> lanes;
  private final TargetReport report;
  private final boolean withOthers;
  private final EntryLocks locks = new EntryLocks();
  private final ScheduledExecutorService worker;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  /** A target, who is to be looked at there, and how often it was gone through. */
  private record Lane(Target target, Set<Followee> woken, AtomicInteger rounds) {}

  /**
   * @param withOthers whether other processes may follow, too
   */
  Targets(List<Target> targets, boolean withOthers) {
    this.lanes =
        targets.stream()
            .map(it -> new Lane(it, ConcurrentHashMap.newKeySet(), new AtomicInteger()))
            .toList();
    this.report = new TargetReport(targets);
    this.withOthers = withOthers;
    this.worker =
        Executors.newScheduledThreadPool(
            targets.size(), Thread.ofPlatform().daemon().name("follow-", 0).factory());
  }

  boolean none() {
    return lanes.isEmpty();
  }

  boolean withOthers() {
    return withOthers;
  }

  TargetReport report() {
    return report;
  }

  List<PbxCapabilities> capabilities() {
    return lanes.stream().map(it -> it.target().provisioner().capabilities()).toList();
  }

  /** Follows from now on whatever changes, by whomever; no target waits for another one. */
  void start(Tenant tenant) {
    var names = lanes.stream().map(it -> it.target().tenant()).toList();
    tenant.database().run(it -> FollowedRows.forgetChoices(it, tenant.name(), names));
    for (Lane lane : lanes) {
      new FilterChange(tenant, lane.target()).settle();
      // A round ends in no exception, so there is no result to look at.
      var unused =
          worker.scheduleWithFixedDelay(
              () -> round(tenant, lane), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Has it looked at soon; what is not woken is found a little later. */
  void wake(Followee what) {
    lanes.forEach(lane -> lane.woken().add(what));
  }

  /** Brings every target to what is wanted, as far as that goes until then. */
  void follow(Tenant tenant, Followee what, Instant until) {
    var patience = tenant.policy().busyWait();
    var under =
        lanes.stream()
            .map(lane -> requests.submit(() -> follow(tenant, lane, what, patience)))
            .toList();
    try {
      for (var each : under) {
        var left = Duration.between(tenant.now(), until).toMillis();
        each.get(Math.max(left, 1), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException late) {
      // It goes on; the client hears how far it is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a target was not followed", e.getCause());
    }
  }

  /** One at a time: who waited sees what the other one did. */
  private void follow(Tenant tenant, Lane lane, Followee what, Duration patience) {
    var id = what.id();
    try (var held = locks.take(lane.target().tenant() + " " + id, patience)) {
      lane.woken().remove(what); // whatever changes from here on wakes again
      var lease = FollowLease.take(tenant, id, lane.target());
      if (lease.isEmpty()) {
        lane.woken().add(what);
        return;
      }
      try (var ours = lease.get()) {
        if (!isChosenOtherwise(tenant, lane.target())) {
          following(tenant, lane.target(), what.type()).follow(id, ours);
        }
      }
    } catch (EntryLocks.Busy busy) {
      lane.woken().add(what);
    } catch (RuntimeException e) {
      LOG.error("not followed entry={} pbx={}", id, lane.target().tenant(), e);
      lane.woken().add(what);
    }
  }

  /** Another process has a newer filter: who is chosen by this one's would come back. */
  private static boolean isChosenOtherwise(Tenant tenant, Target target) {
    return tenant
        .database()
        .read(handle -> FollowedRows.chosenBy(handle, target.tenant()))
        .filter(it -> !it.equals(target.filter()))
        .isPresent();
  }

  private static Following following(Tenant tenant, Target target, EntryType type) {
    return switch (type) {
      case USER -> new Follower(tenant, target);
      case GROUP -> new GroupFollower(tenant, target);
      case ROLE -> throw new IllegalArgumentException("roles are the tenant's own PBX's");
    };
  }

  private void round(Tenant tenant, Lane lane) {
    try {
      behind(tenant, lane).forEach(what -> follow(tenant, lane, what, Duration.ZERO));
    } catch (RuntimeException e) {
      LOG.error("not followed pbx={}", lane.target().tenant(), e); // the next round
    }
  }

  /** One round of each worker, all users compared. */
  void round(Tenant tenant) {
    for (Lane lane : lanes) {
      lane.rounds().set(0);
      round(tenant, lane);
    }
  }

  private Set<Followee> behind(Tenant tenant, Lane lane) {
    var target = lane.target().tenant();
    var ids = new LinkedHashSet<Followee>();
    if (Math.floorMod(lane.rounds().getAndIncrement(), ALL) == 0) {
      ids.addAll(
          tenant
              .database()
              .read(it -> FollowedRows.behind(it, tenant.name(), target, tenant.now(), BATCH)));
      tenant.database().read(it -> TargetMembers.differing(it, target, BATCH)).stream()
          .map(Followee::group)
          .forEach(ids::add);
      if (ids.size() >= BATCH) {
        lane.rounds().set(0); // there may be more
      }
    }
    ids.addAll(tenant.database().read(it -> FollowedRows.due(it, target, tenant.now(), BATCH)));
    for (Followee what : List.copyOf(lane.woken())) {
      lane.woken().remove(what);
      ids.add(what);
    }
    return ids;
  }

  /** Keeps the secrets of an accepted wish until every target has them. */
  void keep(Handle handle, Tenant tenant, String id, Wish wish) {
    var seal = tenant.seal();
    if (none() || !wish.hasSecrets() || seal.isEmpty()) {
      return;
    }
    for (Lane lane : lanes) {
      var row = FollowedRows.findOrNot(handle, EntryType.USER, id, lane.target().tenant());
      var all = row.secrets().flatMap(it -> seal.get().open(id, new SecretSlot.Sealed(it), wish));
      var sealed = seal.get().seal(id, all.map(wish::over).orElse(wish));
      FollowedRows.save(handle, row.withSecrets(Optional.of(sealed.text())).tried(0));
    }
  }

  /** Whether all targets have let the user go. */
  boolean gone(Tenant tenant, String id) {
    return tenant
        .database()
        .read(
            handle ->
                lanes.stream()
                    .noneMatch(
                        it ->
                            FollowedRows.find(handle, id, it.target().tenant())
                                .filter(row -> !row.name().isEmpty())
                                .isPresent()));
  }

  @Override
  public void close() {
    worker.shutdown();
    requests.shutdown();
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
      if (!requests.awaitTermination(30, TimeUnit.SECONDS)) {
        requests.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      worker.shutdownNow();
    }
  }
}
