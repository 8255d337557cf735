package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ScimClient;
import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.config.SettingException;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.config.UserFilter;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Sends to one target as long as this node holds its lease: collects changes, sends what is due,
 * and compares everything when nothing else waits. One thread at a time.
 */
final class TargetSender {
  private static final Logger LOG = Logger.getLogger(TargetSender.class);
  private static final int COLLECT = 500;

  /**
   * A refusal is not taken back by asking often; but another change may be on its way that makes
   * room.
   */
  private static final int REFUSALS = 3;

  private static final Duration LOCKED_OUT = Duration.ofSeconds(30);
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
  private static final Backoff RETRY = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10));
  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final String id;
  private final String realmId;
  private final Lease lease;
  private final Transactions transactions;
  private final HttpClient http;
  private final ExecutorService pool;
  private final Clock clock;
  private volatile Optional<Target> target = Optional.empty();
  private Optional<Comparison> comparison = Optional.empty();
  private volatile long pausedUntil;
  private int unanswered;

  TargetSender(
      TargetRow row,
      Lease lease,
      Transactions transactions,
      HttpClient http,
      ExecutorService pool,
      Clock clock) {
    this.id = row.targetId();
    this.realmId = row.realmId();
    this.lease = lease;
    this.transactions = transactions;
    this.http = http;
    this.pool = pool;
    this.clock = clock;
  }

  /** How long another node waits before it takes over. */
  Duration leaseLength() {
    return target
        .map(each -> each.config().limits().requestTimeout())
        .orElse(Duration.ofSeconds(30))
        .plus(LEASE_MARGIN);
  }

  /**
   * {@code closed}, {@code open} or {@code half_open}; {@code unknown} on a node that does not
   * send.
   */
  String circuit() {
    return target
        .filter(each -> lease.lasts(Duration.ZERO))
        .map(each -> each.client().circuit())
        .orElse("unknown");
  }

  /** An administrator's word ends a pause. */
  void resume() {
    pausedUntil = 0;
  }

  String realmId() {
    return realmId;
  }

  Lease lease() {
    return lease;
  }

  /** Sends until nothing is due. */
  void run() {
    try {
      while (lease.lasts(Duration.ZERO) && clock.millis() >= pausedUntil && load()) {
        boolean more = collect();
        more |= send();
        if (!more && !compare()) {
          return;
        }
      }
    } catch (SettingException e) {
      failed(e.reason(), LOCKED_OUT);
    } catch (ScimFailure e) {
      failed(e.reason(), e instanceof Unavailable ? PAUSE.after(++unanswered) : LOCKED_OUT);
    } catch (RuntimeException e) {
      Duration pause = PAUSE.after(++unanswered);
      LOG.warnf(e, "could not send target=%s retryIn=%ds", id, pause.toSeconds());
      pausedUntil = clock.millis() + pause.toMillis();
    }
  }

  /** Whether there is a target to send to. */
  private boolean load() {
    Optional<TargetConfig> config =
        transactions.get(session -> TargetLoader.load(session, realmId, id));
    if (config.isEmpty()) {
      transactions.run(session -> new Targets(session).unconfigured(id));
      target = Optional.empty();
      return false;
    }
    if (target.filter(each -> each.config().equals(config.get())).isEmpty()) {
      Duration limit = config.get().limits().requestTimeout();
      var client = new ScimClient(config.get(), http, clock, () -> lease.lasts(limit));
      target = Optional.of(new Target(config.get(), realmId, client, transactions));
      comparison = Optional.empty();
      transactions.run(session -> noteSettings(session, config.get()));
    }
    return true;
  }

  private void noteSettings(KeycloakSession session, TargetConfig config) {
    String now = TargetLoader.fingerprint(config);
    var targets = new Targets(session);
    if (targets.get(id).filter(each -> each.configHash().equals(now)).isEmpty()
        && targets.configured(id, now, config.scimUrl().toString())) {
      new Remotes(session, id).forgetIds();
    }
  }

  private Target target() {
    return target.orElseThrow();
  }

  /** Turns changes into work. Whether there were any. */
  private boolean collect() {
    return transactions.get(
            session -> new Outbox(session, id).collect(COLLECT, each -> everybody(session, each)))
        > 0;
  }

  private void everybody(KeycloakSession session, Change change) {
    TargetConfig config = target().config();
    boolean concerns =
        change.kind() == Kind.EVERYONE
            || config.dependsOnRoles()
            || config.users() instanceof UserFilter.InGroup;
    if (concerns) {
      new Targets(session).ask(id, SyncKind.LOCAL);
    }
  }

  /** Sends what is due. Whether there was anything, and sending is worth going on. */
  private boolean send() {
    int most = target().config().limits().batchSize();
    List<Work> due = transactions.get(session -> new Outbox(session, id).due(clock.millis(), most));
    if (due.isEmpty()) {
      return false;
    }
    Map<Work, ScimFailure> failures = new Batch(target(), pool).send(due);
    transactions.run(
        session -> {
          var outbox = new Outbox(session, id);
          failures.forEach((work, failure) -> settle(outbox, work, failure));
          note(new Targets(session), due.size(), failures);
        });
    pause(due.size(), failures);
    return true;
  }

  private void settle(Outbox outbox, Work work, ScimFailure failure) {
    String reason = failure.reason();
    if (failure instanceof Unavailable it) {
      wait(outbox, work, work.attempts(), it.retryAfter().orElse(RETRY.after(1)), reason);
    } else if (failure instanceof Unauthorized) {
      wait(outbox, work, work.attempts(), LOCKED_OUT, reason);
    } else {
      int most = target().config().limits().maxAttempts();
      int attempts = work.attempts() + 1;
      if (attempts >= (failure instanceof Rejected ? Math.min(REFUSALS, most) : most)) {
        outbox.block(work, attempts, reason);
        Outcomes.blocked(target(), work, reason);
      } else {
        wait(outbox, work, attempts, RETRY.after(attempts), reason);
      }
    }
  }

  private void wait(Outbox outbox, Work work, int attempts, Duration time, String reason) {
    outbox.defer(work, clock.millis() + time.toMillis(), attempts, reason);
    Outcomes.deferred(target(), work, time, reason);
  }

  private void note(Targets targets, int all, Map<Work, ScimFailure> failures) {
    if (failures.size() < all) {
      targets.sent(id, clock.millis());
    }
    failures.values().stream()
        .findFirst()
        .ifPresent(each -> targets.failed(id, each.reason(), clock.millis()));
  }

  /** While nothing gets through, nothing more is tried for a moment. */
  private void pause(int all, Map<Work, ScimFailure> failures) {
    if (failures.values().stream().anyMatch(Unauthorized.class::isInstance)) {
      pausedUntil = clock.millis() + LOCKED_OUT.toMillis();
    } else if (failures.size() == all
        && failures.values().stream().allMatch(Unavailable.class::isInstance)) {
      pausedUntil = clock.millis() + PAUSE.after(++unanswered).toMillis();
    } else {
      unanswered = 0;
    }
  }

  /** Compares the next page of everything, if that is asked for or time. Whether it did. */
  private boolean compare() {
    if (comparison.isEmpty()) {
      comparison = begin();
    }
    if (comparison.isEmpty()) {
      return false;
    }
    if (!comparison.get().step()) {
      transactions.run(session -> new Targets(session).ended(id, clock.millis()));
      Outcomes.compared(target(), comparison.get());
      comparison = Optional.empty();
    }
    return true;
  }

  private Optional<Comparison> begin() {
    return transactions.get(
        session -> {
          var targets = new Targets(session);
          SyncKind kind = targets.get(id).map(this::wanted).orElse(SyncKind.NONE);
          if (kind == SyncKind.NONE) {
            return Optional.empty();
          }
          long now = clock.millis();
          targets.started(id, kind, now);
          return Optional.of(new Comparison(target(), kind, now));
        });
  }

  /** What was asked for, what another node did not end, or what it is time for. */
  private SyncKind wanted(TargetRow row) {
    TargetRow.Sync sync = row.sync();
    Duration every = target().config().limits().reconcileEvery();
    boolean time =
        !every.isZero()
            && clock.millis() - Math.max(sync.started(), sync.ended()) >= every.toMillis();
    return sync.asked().and(sync.running()).and(time ? SyncKind.FULL : SyncKind.NONE);
  }

  private void failed(String reason, Duration pause) {
    LOG.warnf("target not usable id=%s retryIn=%ds reason=\"%s\"", id, pause.toSeconds(), reason);
    pausedUntil = clock.millis() + pause.toMillis();
    transactions.run(session -> new Targets(session).failed(id, reason, clock.millis()));
  }
}
