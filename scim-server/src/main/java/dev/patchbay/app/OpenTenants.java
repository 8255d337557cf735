package dev.patchbay.app;

import dev.patchbay.console.OperatedTenant;
import dev.patchbay.database.Database;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.SecretSeal;
import dev.patchbay.provisioning.Target;
import dev.patchbay.reconcile.Import;
import dev.patchbay.reconcile.Reconciliation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Opens what each tenant consists of, a target's inner tenant before the one it belongs to. */
final class OpenTenants {
  private final Database database;
  private final Clock clock;
  private final IntSupplier bridges;
  private final Optional<SecretSeal> seal;
  private final Deque<AutoCloseable> opened;
  private final List<OperatedTenant> operated = new ArrayList<>();

  /**
   * @param bridges how many share a PBX's limits now
   * @param opened gets whatever is to be closed, the last one first
   */
  OpenTenants(
      Database database,
      Clock clock,
      IntSupplier bridges,
      Optional<SecretSeal> seal,
      Deque<AutoCloseable> opened) {
    this.database = database;
    this.clock = clock;
    this.bridges = bridges;
    this.seal = seal;
    this.opened = opened;
  }

  /** What operators look at, targets included. */
  List<OperatedTenant> operated() {
    return List.copyOf(operated);
  }

  /** The tenant with its targets. */
  Provisioner open(TenantConfig tenant) {
    var targets =
        tenant.targets().stream()
            .map(
                it ->
                    new Target(
                        it.name(),
                        it.tenant().name(),
                        open(it.tenant(), List.of()),
                        it.filter(),
                        it.wanted()))
            .toList();
    return open(tenant, targets);
  }

  private Provisioner open(TenantConfig tenant, List<Target> targets) {
    var adapter = tenant.openPbx(clock, bridges);
    opened.push(adapter);
    var provisioner =
        Provisioner.open(
            tenant.name(),
            database,
            adapter,
            tenant.mapping(),
            tenant.policy(),
            seal,
            targets,
            clock);
    opened.push(provisioner);
    var looks = provisioner.inspection();
    var reconciliation =
        new Reconciliation(tenant.name(), database, adapter, looks, tenant.reconcile(), clock);
    opened.push(reconciliation);
    var existing = new Import(tenant.name(), database, adapter, looks, clock);
    operated.add(new OperatedTenant(tenant.name(), provisioner, adapter, reconciliation, existing));
    return provisioner;
  }
}
