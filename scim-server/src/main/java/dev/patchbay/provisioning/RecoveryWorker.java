package dev.patchbay.provisioning;

import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up open work whose time has come, off-boarding first. */
final class RecoveryWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryWorker.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 100;

  /** With the time a PBX is left alone, far less than the minute that operators are promised. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(10);

  /**
   * Calls that a PBX which was left alone has to answer before all are let through: those of
   * recovery must not be turned away by each other in the moment of its return, and wait again.
   */
  private static final int TRIALS = 3;

  /** A name to look for where the roles are no call. */
  private static final String NOBODY = "patchbay-looks";

  /** Above what any bridge's settings make of one: another's, with others, is not touched. */
  private static final Duration LONGEST_LEASE = Duration.ofHours(6);

  private final Tenant tenant;
  private final Retention retention;
  private final ParkedTooLong parked;
  private final Consumer<String> users;
  private final Consumer<String> groups;
  private final Consumer<String> roles;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("recovery-", 0).factory());
  private boolean away; // as the last round saw it
  private Instant askAgain = Instant.MIN;
  private Instant lastRound = Instant.MAX; // whoever starts does not know what the clock was

  RecoveryWorker(
      Tenant tenant,
      Retention retention,
      Consumer<String> users,
      Consumer<String> groups,
      Consumer<String> roles) {
    this.tenant = tenant;
    this.retention = retention;
    this.parked = new ParkedTooLong(tenant);
    this.users = users;
    this.groups = groups;
    this.roles = roles;
  }

  void start() {
    worker.execute(this::askAhead);
    // A round ends in no exception, so there is no result to look at.
    var unused =
        worker.scheduleWithFixedDelay(
            this::scheduled, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks the PBX for what it is asked once, so that the first create does not wait for it. */
  private void askAhead() {
    try {
      tenant.adapter().passwordPolicy();
    } catch (PbxException e) {
      LOG.info("pbx={} is not there yet reason=\"{}\"", tenant.name(), e.getMessage());
    }
  }

  /** A schedule ends for good with what it throws. */
  private void scheduled() {
    try {
      // The other half of what the PBX takes at once is for requests.
      round(Math.max(1, tenant.adapter().capabilities().maxParallel() / 2));
    } catch (Error e) {
      LOG.error("recovery failed pbx={}", tenant.name(), e);
    }
  }

  /** All that is due, one after the other. */
  void round() {
    round(1);
  }

  private void round(int atOnce) {
    try {
      tenant.failures().turnBack();
      noticeClock();
      abandonEnded();
      lookForReturn();
      retention.look();
      parked.look();
      var round = new Round();
      var first = round.next();
      if (first.isEmpty()) {
        return;
      }
      try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 1; i < atOnce; i++) {
          others.execute(() -> join(round));
        }
        work(round, first);
      }
    } catch (RuntimeException e) {
      LOG.error("recovery failed pbx={}", tenant.name(), e); // the next round tries again
    }
  }

  /** Nothing is to wait for a time that had come before the clock was set back. */
  private void noticeClock() {
    var now = tenant.now();
    if (now.isBefore(lastRound)) {
      askAgain = Instant.MIN;
      var quietTime = tenant.adapter().capabilities().quietTime();
      var lease = tenant.lease().until();
      var longest = lastRound.equals(Instant.MAX) ? now.plus(LONGEST_LEASE) : lease;
      tenant
          .database()
          .run(handle -> Journal.setBack(handle, tenant.name(), now, longest, lease, quietTime));
    }
    lastRound = now;
  }

  /** A PBX that is away is asked now and then; once it is back, nothing waits for its turn. */
  private void lookForReturn() {
    var now = tenant.now();
    if (tenant.reachability().away() && !now.isBefore(askAgain)) {
      askAgain = now.plus(ASK_EVERY);
      if (away) {
        ask();
      }
      away = true;
    }
    if (away && !tenant.reachability().away()) {
      away = false;
      var quietTime = tenant.adapter().capabilities().quietTime();
      tenant.database().run(handle -> Journal.wake(handle, tenant.name(), now, quietTime));
    }
  }

  private void ask() {
    try {
      var answers = true;
      for (int i = 0; i < TRIALS; i++) {
        answers &= askOnce();
      }
      if (answers) {
        tenant.reachability().answered();
      }
    } catch (PbxException e) {
      tenant.reachability().failed(e);
    }
  }

  /** Whether anything could be asked: of one that shows nothing, the calls that are due tell. */
  private boolean askOnce() {
    var pbx = tenant.adapter();
    try {
      var unused =
          switch (pbx.capabilities().reading()) {
            case ALL -> pbx.roles();
            case ALL_BUT_ROLES -> pbx.usersWith(NOBODY, "");
            case NOTHING -> List.of();
          };
    } catch (PbxException.Rejected answered) {
      LOG.debug("pbx={} answers reason={}", tenant.name(), answered.getMessage());
    }
    return pbx.capabilities().reading() != PbxReading.NOTHING;
  }

  private void join(Round round) {
    try {
      work(round, round.next());
    } catch (RuntimeException e) {
      LOG.error("recovery failed pbx={}", tenant.name(), e);
    }
  }

  private void work(Round round, Optional<String> first) {
    for (var next = first; next.isPresent(); next = round.next()) {
      recover(next.get());
    }
  }

  /** What was tried in one round; several threads share it. */
  private final class Round {
    private final Set<String> tried = new HashSet<>();

    /** Read anew each time: a deactivation that became due waits for those under way only. */
    synchronized Optional<String> next() {
      if (tried.size() == BATCH) {
        return Optional.empty();
      }
      var ended = tenant.now().minus(tenant.adapter().capabilities().quietTime());
      var due =
          tenant
              .database()
              .read(
                  handle ->
                      Journal.due(handle, tenant.name(), tenant.now(), ended, tried.size() + 1))
              .stream()
              .filter(id -> !tried.contains(id))
              .findFirst();
      due.ifPresent(tried::add);
      return due;
    }
  }

  /** What runs of this process left in its hands when they did not end in order. */
  private void abandonEnded() {
    tenant
        .database()
        .read(handle -> Journal.heldBy(handle, tenant.name(), tenant.owner()))
        .forEach(this::abandon);
  }

  private void abandon(String id) {
    var quietTime = tenant.adapter().capabilities().quietTime();
    try (var ended = tenant.locks().take(id, Duration.ZERO)) {
      tenant
          .database()
          .run(handle -> Journal.abandon(handle, id, tenant.owner(), tenant.now(), quietTime));
    } catch (EntryLocks.Busy busy) {
      // a run is at it
    }
  }

  private void recover(String id) {
    try {
      tenant
          .database()
          .read(handle -> EntryStore.find(handle, id))
          .ifPresent(entry -> of(entry.type()).accept(id));
    } catch (TryLater e) {
      LOG.debug("recovery put off entry={} reason={}", id, e.detail());
    } catch (Refusal | PbxException e) {
      LOG.warn("recovery put off entry={} reason={}", id, e.getMessage());
      postpone(id, String.valueOf(e.getMessage()));
    } catch (StoreUnavailable e) {
      LOG.warn("recovery put off entry={} reason={}", id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("recovery failed entry={}", id, e);
      postpone(id, "the bridge failed; its log says how");
    }
  }

  private Consumer<String> of(EntryType type) {
    return switch (type) {
      case USER -> users;
      case GROUP -> groups;
      case ROLE -> roles;
    };
  }

  /** One entry that cannot be recovered must not keep the others waiting. */
  private void postpone(String id, String reason) {
    var now = tenant.now();
    var quietTime = tenant.adapter().capabilities().quietTime();
    tenant
        .database()
        .run(
            handle ->
                Journal.find(handle, id)
                    .filter(this::isNobodyElses)
                    .map(open -> open.givenUp(now, quietTime)) // a call may have been under way
                    .map(open -> postponed(open, now, reason))
                    .ifPresent(open -> Journal.save(handle, open)));
  }

  private static JournalEntry postponed(JournalEntry open, Instant now, String reason) {
    int attempts = open.attempts() + 1;
    var due = now.plus(Backoff.pause(open, attempts));
    return open.resting(
        attempts, due.isAfter(open.dueAt()) ? due : open.dueAt(), Optional.of(reason));
  }

  private boolean isNobodyElses(JournalEntry open) {
    return open.lease().map(lease -> lease.owner().equals(tenant.owner())).orElse(true);
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      worker.shutdownNow();
    }
  }
}
