package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.outbox.TargetRow;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Targets.Component;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.ModelException;

/**
 * Finds targets that came and went, however they did: by requests, imports of realms, or at another
 * node.
 */
final class Discovery {
  private static final Logger LOG = Logger.getLogger(Discovery.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final Depths depths = new Depths();
  private final SettingsCache settings;
  private volatile boolean soon = true;
  private long last;

  Discovery(Transactions transactions) {
    this.transactions = transactions;
    this.settings = new SettingsCache(transactions);
  }

  /** Does not wait until it is time. */
  void soon() {
    soon = true;
  }

  /**
   * Looks if it is time to, and makes each target's row come and go with it.
   *
   * @return targets whose settings changed
   */
  Set<Component> look() {
    long now = System.nanoTime();
    if (!soon && now - last <= EVERY.toNanos()) {
      return Set.of();
    }
    soon = false; // before the look: what comes during it may not be seen
    last = now;
    var changed = settings.refresh();
    discover();
    return changed;
  }

  private void discover() {
    record Found(List<Component> components, List<TargetRow> rows) {}
    Found found =
        transactions.get(
            session -> {
              var all = new Targets(session);
              return new Found(all.components(TargetConfig.PROVIDER_ID), all.all());
            });
    var components = new HashSet<>(found.components());
    var known = new HashSet<>(found.rows().stream().map(Discovery::component).toList());
    // a realm that was deleted and imported again has its targets' ids, and other users
    found.rows().stream()
        .filter(each -> !components.contains(component(each)))
        .forEach(this::forget);
    components.stream().filter(each -> !known.contains(each)).forEach(this::add);
    depths.measure(transactions, components.stream().map(Component::id).toList());
  }

  private static Component component(TargetRow row) {
    return new Component(row.targetId(), row.realmId());
  }

  private void add(Component component) {
    try {
      transactions.run(session -> new Targets(session).add(component));
    } catch (ModelException | PersistenceException e) {
      LOG.debugf(e, "target was added by another node id=%s", component.id());
    }
  }

  private void forget(TargetRow row) {
    LOG.warnf(
        "target removed id=%s realm=%s: what was sent to it stays there as it is",
        row.targetId(), row.realmId());
    transactions.run(session -> new Targets(session).remove(row.targetId()));
  }
}
