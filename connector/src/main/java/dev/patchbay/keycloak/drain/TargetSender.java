package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ScimClient;
import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.config.SettingException;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.config.UserFilter;
import dev.patchbay.keycloak.drain.Verdict.Wait;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.snapshot.RealmCache;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
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

  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final String id;
  private final String realmId;
  private final Lease lease;
  private final Transactions transactions;
  private final HttpClient http;
  private final ExecutorService pool;
  private final Clock clock;
  private volatile Optional<Target> target = Optional.empty();
  private int term;
  private final Comparisons comparisons;
  private final Pause pause;

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
    this.comparisons = new Comparisons(clock);
    this.pause = new Pause(clock);
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
    pause.end();
    target.ifPresent(each -> each.client().resume());
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
      while (lease.lasts(Duration.ZERO) && pause.over() && load()) {
        boolean more = collect();
        more |= send();
        if (!more && !comparisons.step(target())) {
          return;
        }
      }
    } catch (SettingException e) {
      failed(e.reason(), pause.last(Verdict.LOCKED_OUT));
    } catch (Postponed e) {
      pause.last(e.time());
    } catch (ScimFailure e) {
      boolean away = e instanceof Unavailable;
      failed(e.reason(), away ? pause.inVain() : pause.last(Verdict.LOCKED_OUT));
    } catch (RuntimeException e) {
      LOG.warnf(e, "could not send target=%s", id);
      failed(e.toString(), pause.inVain());
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
      comparisons.forget();
      hurry();
    }
    if (term != lease.taken()) {
      term = lease.taken();
      hurry(); // what the holder before put off, it did by its own clock
    }
    transactions.run(session -> noteSettings(session, config.get()));
    return true;
  }

  private void hurry() {
    target().outbox(outbox -> outbox.hurry());
  }

  /** Each time: another node may have seen the target switched off in between. */
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
    return transactions.get(session -> collect(session)) > 0;
  }

  private int collect(KeycloakSession session) {
    var groups = new HashSet<String>();
    int count =
        new Outbox(session, id)
            .collect(
                COLLECT,
                each -> {
                  switch (each.kind()) {
                    case USER -> {}
                    case GROUP, MEMBERS -> groups.add(each.key());
                    case ROLES, EVERYONE -> everybody(session, each);
                  }
                });
    new RealmCache(session).forgetGroups(groups);
    return count;
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
    Map<Work, ScimFailure> failures = new Batch(target(), pool, clock).send(due);
    transactions.run(
        session -> {
          var outbox = new Outbox(session, id);
          failures.forEach((work, failure) -> settle(outbox, work, failure));
          note(new Targets(session), due.size(), failures);
        });
    new Rivals(target()).makeWay(failures);
    pause.after(due.size(), failures.values());
    target().client().asksToWait().ifPresent(pause::last);
    return true;
  }

  private void settle(Outbox outbox, Work work, ScimFailure failure) {
    String reason = failure.reason();
    int most = target().config().limits().maxAttempts();
    Verdict verdict = Verdict.of(failure, work.attempts(), most);
    if (verdict instanceof Wait it) {
      outbox.defer(work, clock.millis() + it.time().toMillis(), it.attempts(), reason);
      Outcomes.deferred(target(), work, it.time(), reason);
    } else {
      outbox.block(work, verdict.attempts(), reason);
      Outcomes.blocked(target(), work, reason);
    }
  }

  private void note(Targets targets, int all, Map<Work, ScimFailure> failures) {
    if (failures.size() < all) {
      targets.sent(id, clock.millis());
    }
    failures.values().stream()
        .findFirst()
        .ifPresent(each -> targets.failed(id, each.reason(), clock.millis()));
  }

  private void failed(String reason, Duration pause) {
    Outcomes.unusable(id, pause, reason);
    transactions.run(session -> new Targets(session).failed(id, reason, clock.millis()));
  }
}
