package dev.patchbay.provisioning;

import dev.patchbay.database.Rounds;
import dev.patchbay.directory.Entry;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the PBX's roles in the directory, where reads find them: read at the start, from time to
 * time, and when something hints at a change. While the PBX does not answer, the last ones stay.
 */
final class RoleMirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoleMirror.class);

  /** Long enough for a burst of writes, short enough that a new role is usable after a coffee. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Until roles that could not be read are read again. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  /** So long nobody asks a PBX again that just did not answer. */
  private static final Duration SPARED = Duration.ofSeconds(5);

  private final Tenant tenant;
  private final RoleRecords records;
  private final Rounds rounds;
  private final Object reading = new Object();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("roles-", 0).factory());
  private volatile boolean started;
  private volatile Listed listed = new Listed(Optional.empty(), Instant.MIN);

  /**
   * What the PBX said last.
   *
   * @param roles empty: it did not answer
   */
  private record Listed(Optional<KnownRoles> roles, Instant until) {}

  RoleMirror(Tenant tenant, RoleRecords records) {
    this.tenant = tenant;
    this.records = records;
    this.rounds = new Rounds(tenant.database(), "roles of " + tenant.name());
  }

  /** Reads them once at any rate, which says whether this process reaches the PBX. */
  void start() {
    started = true;
    worker.execute(
        () -> {
          var unused = isOurRound();
          again(attempt());
        });
  }

  /** Reads the roles soon: something was written, or named a role that is not here. */
  void wake() {
    if (!started || !awake.compareAndSet(false, true)) {
      return;
    }
    try {
      worker.execute(this::woken);
    } catch (RejectedExecutionException closed) {
      LOG.debug("pbx={} roles are not read any more", tenant.name());
    }
  }

  private void woken() {
    awake.set(false);
    var unused = attempt();
  }

  /** The roles as the directory has them. */
  KnownRoles stored() {
    return records.known();
  }

  /** The roles as the PBX has them now, or had lately; empty when it does not answer. */
  Optional<KnownRoles> asked() {
    if (tenant.now().isBefore(listed.until())) {
      return listed.roles();
    }
    synchronized (reading) {
      if (!tenant.now().isBefore(listed.until())) {
        ask();
      }
      return listed.roles();
    }
  }

  private void ask() {
    var before = stored();
    try {
      var now = list();
      if (!before.names().keySet().containsAll(now.names().keySet())) {
        wake();
      }
    } catch (PbxException e) {
      listed = new Listed(Optional.empty(), tenant.now().plus(SPARED));
    }
  }

  private KnownRoles list() {
    return listed(tenant.adapter().roles());
  }

  private KnownRoles listed(List<Found<PbxRole>> roles) {
    var names = new HashMap<String, String>();
    roles.forEach(it -> names.put(it.ref().id(), it.value().name()));
    roles.forEach(it -> names.put(it.value().name(), it.value().name()));
    var known = new KnownRoles(names);
    listed = new Listed(Optional.of(known), tenant.now().plus(FRESH));
    return known;
  }

  private void again(boolean read) {
    var usual = tenant.policy().refreshRoles();
    Runnable next = read ? this::scheduled : () -> again(attempt());
    var pause = read || usual.compareTo(RETRY) < 0 ? usual : RETRY;
    if (!worker.isShutdown()) {
      var unused = worker.schedule(next, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void scheduled() {
    again(!isOurRound() || attempt());
  }

  /** Of the processes that have the store one reads the roles from time to time. */
  private boolean isOurRound() {
    try {
      return rounds.begins(tenant.now(), tenant.policy().refreshRoles());
    } catch (RuntimeException e) {
      LOG.warn("roles not read    pbx={} reason=\"{}\"", tenant.name(), e.getMessage());
      return false;
    }
  }

  /** Whether the roles could be read; a schedule would end for good with what is thrown. */
  private boolean attempt() {
    try {
      refresh();
      if (tenant.adapter().capabilities().reading() == PbxReading.ALL) {
        tenant.reachability().answered(); // else they are those of the settings
      }
      return true;
    } catch (PbxException e) {
      tenant.reachability().failed(e);
      LOG.warn("roles not read    pbx={} reason=\"{}\"", tenant.name(), e.getMessage());
    } catch (RuntimeException e) {
      if (!worker.isShutdown()) {
        LOG.error("roles not read    pbx={}", tenant.name(), e);
      }
    }
    return false;
  }

  /** Makes the directory's roles what the PBX's are. */
  void refresh() {
    // Read before the PBX is: what is written meanwhile moves the epoch and is left alone.
    var before = records.untouched();
    var roles = read();
    var missing = new ArrayList<>(before);
    var added = new ArrayList<Found<PbxRole>>();
    for (Found<PbxRole> role : roles) {
      var own = counterpart(role, missing, roles);
      own.ifPresentOrElse(it -> records.keep(it, role), () -> added.add(role));
      own.ifPresent(missing::remove);
    }
    missing.stream().filter(this::isGone).forEach(records::drop);
    added.forEach(records::add);
  }

  /** The entry of a role: of its identifier, or of its name where the identifier is gone. */
  private static Optional<Entry> counterpart(
      Found<PbxRole> role, List<Entry> entries, List<Found<PbxRole>> roles) {
    var refs = roles.stream().map(Found::ref).collect(Collectors.toSet());
    return entries.stream()
        .filter(it -> ref(it).equals(role.ref()))
        .findFirst()
        .or(
            () ->
                entries.stream()
                    .filter(it -> !refs.contains(ref(it)))
                    .filter(it -> RoleRecords.name(it).equals(role.value().name()))
                    .findFirst());
  }

  /** Each with its permissions; the same one may stand on two pages of a list. */
  private List<Found<PbxRole>> read() {
    var all = tenant.adapter().roles();
    var unused = listed(all);
    var refs = all.stream().map(Found::ref).distinct().toList();
    var roles = new ArrayList<Found<PbxRole>>();
    refs.forEach(ref -> tenant.adapter().role(ref).ifPresent(roles::add));
    return roles;
  }

  /** A list may have missed it. */
  private boolean isGone(Entry entry) {
    return tenant.adapter().role(ref(entry)).isEmpty();
  }

  private static PbxRef ref(Entry entry) {
    return entry.applied().ref().orElseThrow();
  }

  @Override
  public void close() {
    worker.shutdownNow(); // it only reads; what it was about to write is read again
    try {
      boolean ended = worker.awaitTermination(30, TimeUnit.SECONDS);
      LOG.debug("pbx={} roles are not read any more ended={}", tenant.name(), ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
