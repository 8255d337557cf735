package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.RetainedUsers;
import dev.patchbay.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes retained users whose time is over: each becomes open work like any other deletion, which
 * recovery does.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** Stands for a token in the log: no identity provider asked. */
  private static final String SOURCE = "retention";

  private static final Optional<String> WHY = Optional.of("its retention is over");
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Tenant tenant;
  private final UserRunner runner;
  private final SafetyBrake brake;
  private Instant next = Instant.MIN;

  Retention(Tenant tenant, UserRunner runner) {
    this.tenant = tenant;
    this.runner = runner;
    this.brake = new SafetyBrake(tenant.name(), tenant.database(), tenant.clock());
  }

  /** Opens the work for those whose time is over, if it has not looked for them just now. */
  void look() {
    var retain = tenant.policy().delete().retain();
    var now = tenant.now();
    if (retain.isEmpty() || now.isBefore(next)) {
      return;
    }
    var over =
        tenant
            .database()
            .read(handle -> RetainedUsers.since(handle, tenant.name(), now.minus(retain.get())));
    boolean held = holds(over);
    next =
        now.plus(held || !tenant.policy().brake().on() ? PAUSE : tenant.policy().brake().window());
    if (!held) {
      over.forEach(id -> tenant.database().run(handle -> end(handle, id)));
    }
  }

  /** Very many at once wait for an operator, where identity providers' wishes do. */
  private boolean holds(List<String> over) {
    if (over.isEmpty() || !tenant.policy().brake().on()) {
      return false;
    }
    long users = tenant.database().read(handle -> InboundBrake.users(handle, tenant.name()));
    var limit = tenant.policy().brake().limit();
    return brake.holds(SafetyBrake.Kind.RETENTION, over.size(), users, limit);
  }

  private void end(Handle handle, String id) {
    EntryStore.find(handle, id)
        .filter(entry -> entry.life() == Life.RETAINED && Journal.find(handle, id).isEmpty())
        .ifPresent(entry -> end(handle, entry));
  }

  private void end(Handle handle, Entry retained) {
    var entry = retained.with(Life.DELETED);
    if (EntryStore.claim(handle, entry)) {
      EntryStore.update(handle, entry.claimed());
      Journal.save(handle, runner.beginning().opened(run(entry)).resting(0, tenant.now(), WHY));
      LOG.info("retention over resource={}/{}", EntryType.USER.endpoint(), entry.id());
    }
  }

  private static Run run(Entry entry) {
    return new Run(
        Run.Kind.REQUEST,
        Action.DELETE,
        SOURCE,
        entry,
        Optional.empty(),
        entry.resource(),
        entry.resource(),
        Optional.empty(),
        Set.of());
  }
}
