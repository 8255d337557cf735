package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.drain.LoginChecks.TargetOfRealm;
import dev.patchbay.keycloak.outbox.TargetRow;
import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Targets.Component;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * One node's part in sending: once a second, and whenever something was captured, it looks which
 * targets there are, which of them are its own to send to, and has these sent to. It has threads of
 * its own; Keycloak's timer is left alone.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SYNC_WAIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final String node = UUID.randomUUID().toString();
  private final Transactions transactions;
  private final Clock clock = new SteadyClock(Clock.systemUTC(), System::nanoTime);
  private final LoginChecks logins;
  private final Discovery discovery;
  private final ExecutorService senders = Executors.newCachedThreadPool(named("patchbay-sender"));
  private final ExecutorService requests = Executors.newCachedThreadPool(named("patchbay-request"));
  private final HttpClient http;
  private final Thread thread = named("patchbay").newThread(this::loop);
  private final Map<String, TargetSender> targets = new ConcurrentHashMap<>();
  private final Set<String> sending = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean lookingAtLogins = new AtomicBoolean();
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean stopped;

  public Dispatcher(KeycloakSessionFactory factory) {
    this.transactions = new Transactions(factory);
    this.logins = new LoginChecks(transactions);
    this.discovery = new Discovery(transactions);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  private static ThreadFactory named(String name) {
    return work -> {
      var thread = new Thread(work, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(Dispatcher.class.getClassLoader());
      return thread;
    };
  }

  public void start() {
    thread.start();
  }

  /** Something was captured, or settings changed. */
  public void wake() {
    wakes.release();
  }

  /** Targets came or changed. */
  public void discoverSoon() {
    discovery.soon();
    wake();
  }

  /**
   * Asks for a comparison and waits for it, but not as long as a request lasts.
   *
   * @return how far it is; none if there is no such target
   */
  public Optional<Sync> sync(String target, SyncKind kind) {
    transactions.run(session -> new Targets(session).ask(target, kind));
    resume(target);
    long end = System.nanoTime() + SYNC_WAIT.toNanos();
    Optional<Sync> sync = state(target);
    while (System.nanoTime() < end && sync.filter(Dispatcher::goesOn).isPresent() && !stopped) {
      LockSupport.parkNanos(POLL.toNanos());
      sync = state(target);
    }
    return sync;
  }

  private Optional<Sync> state(String target) {
    return transactions.get(session -> new Targets(session).get(target)).map(TargetRow::sync);
  }

  private static boolean goesOn(Sync sync) {
    return sync.asked() != SyncKind.NONE || sync.running() != SyncKind.NONE;
  }

  /** A user logged in and may have been changed by that. */
  public void loggedIn(String realmId, String userId) {
    if (targets.values().stream().anyMatch(each -> each.realmId().equals(realmId))) {
      logins.add(realmId, userId);
    }
  }

  /** An administrator wants it sent now. */
  public void resume(String target) {
    var sender = targets.get(target);
    if (sender != null) {
      sender.resume();
    }
    wake();
  }

  /** Whether requests to the target go through, as far as this node knows. */
  public String circuit(String target) {
    var sender = targets.get(target);
    return sender == null ? "unknown" : sender.circuit();
  }

  /** Whether this node sends to the target. */
  public boolean sendsTo(String target) {
    var sender = targets.get(target);
    return sender != null && sender.lease().lasts(Duration.ZERO);
  }

  private void loop() {
    while (!stopped) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.warnf(e, "could not look for work retryIn=%ds", TICK.toSeconds());
      }
      pause();
    }
  }

  private void pause() {
    try {
      if (wakes.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits(); // one look is for all of them
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private void look() {
    for (Component each : discovery.look()) {
      Optional.ofNullable(targets.get(each.id()))
          .ifPresent(TargetSender::resume); // it may be mended
    }
    List<TargetRow> rows = transactions.get(session -> new Targets(session).all());
    rows.forEach(this::lookAlone);
    targets.keySet().retainAll(new HashSet<>(rows.stream().map(TargetRow::targetId).toList()));
    if (logins.waiting() && lookingAtLogins.compareAndSet(false, true)) {
      senders.execute(this::lookAtLogins); // LDAP may be slow; the leases' beats are not
    }
  }

  private void lookAtLogins() {
    try {
      if (logins.look(ofRealms())) {
        wake();
      }
    } catch (RuntimeException e) {
      LOG.warn("could not look at users who logged in", e);
    } finally {
      lookingAtLogins.set(false);
    }
  }

  private List<TargetOfRealm> ofRealms() {
    return targets.entrySet().stream()
        .map(each -> new TargetOfRealm(each.getKey(), each.getValue().realmId()))
        .toList();
  }

  /** What is wrong with one target does not keep the others' leases from being renewed. */
  private void lookAlone(TargetRow row) {
    try {
      look(row);
    } catch (RuntimeException e) {
      LOG.warnf(
          e, "could not look for work target=%s retryIn=%ds", row.targetId(), TICK.toSeconds());
    }
  }

  private void look(TargetRow row) {
    // one that was removed and came back in another realm is another
    var sender =
        targets.compute(
            row.targetId(),
            (id, known) ->
                known != null && known.realmId().equals(row.realmId()) ? known : sender(row));
    sender.lease().look(row, sender.leaseLength());
    if (sender.lease().lasts(Duration.ZERO) && sending.add(row.targetId())) {
      senders.execute(() -> send(row.targetId(), sender));
    }
  }

  private TargetSender sender(TargetRow row) {
    var claims = new StoredClaims(row.targetId(), node, transactions);
    var lease = new Lease(node, claims, System::nanoTime);
    return new TargetSender(row, lease, transactions, http, requests, clock);
  }

  private void send(String target, TargetSender sender) {
    try {
      sender.run();
    } catch (RuntimeException e) {
      LOG.warnf(e, "could not note what came of sending target=%s", target);
    } finally {
      sending.remove(target);
    }
  }

  /** Lets requests end that are under way, and other nodes take over at once. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    senders.shutdownNow();
    requests.shutdownNow();
    try {
      thread.join(STOP.toMillis());
      if (senders.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)
          && requests.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        targets.values().forEach(each -> each.lease().release());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("the database is gone already: other nodes wait for the leases' end", e);
    }
  }
}
