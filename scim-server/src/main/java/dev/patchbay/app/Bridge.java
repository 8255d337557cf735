package dev.patchbay.app;

import dev.patchbay.config.TokenHash;
import dev.patchbay.console.OperatedTenant;
import dev.patchbay.console.OperatorApi;
import dev.patchbay.database.Database;
import dev.patchbay.database.StoreAddress;
import dev.patchbay.database.StoreAddress.SqliteFile;
import dev.patchbay.directory.Directory;
import dev.patchbay.directory.FoldedText;
import dev.patchbay.journal.LogCleaning;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.Reachability;
import dev.patchbay.provisioning.SecretSeal;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.reconcile.ReconcileSchedule;
import dev.patchbay.scim.ScimApplication;
import dev.patchbay.scim.ScimErrorMapper;
import dev.patchbay.scim.ScimTenant;
import dev.patchbay.telemetry.Health;
import dev.patchbay.telemetry.PhoneSystem;
import dev.patchbay.telemetry.PhoneSystemState;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The running bridge: what it is made of, and the one place that puts it together. */
final class Bridge implements AutoCloseable {
  private final Listen listen;
  private final WebServer web;
  private final Deque<AutoCloseable> opened;

  private Bridge(Listen listen, WebServer web, Deque<AutoCloseable> opened) {
    this.listen = listen;
    this.web = web;
    this.opened = opened;
  }

  /**
   * Opens everything and answers requests from then on. No PBX is called: it may be down.
   *
   * @param local this machine's time, which counts for a store that no other machine has
   * @throws IOException if the address cannot be listened on
   */
  static Bridge open(BridgeConfig config, Clock local) throws IOException {
    var opened = new ArrayDeque<AutoCloseable>();
    try {
      // A file is one bridge's: work that another process left open is taken up from here on.
      if (config.store() instanceof SqliteFile(Path file)) {
        kept(opened, lock(file));
      }
      var database = kept(opened, open(config.store()));
      var sharing = database.sharing(local);
      var clock = sharing.clock();
      FoldedText.complete(database);
      var directory = new Directory(database, clock);
      var tenants = new ArrayList<ScimTenant>();
      var seal = config.secretKey().map(SecretSeal::of);
      var open = new OpenTenants(database, clock, sharing.processes(), seal, opened);
      for (TenantConfig tenant : config.tenants()) {
        tenants.add(scimTenant(tenant, directory, open.open(tenant)));
      }
      var operated = open.operated();
      var reconciliations = operated.stream().map(OperatedTenant::reconciliation).toList();
      kept(opened, ReconcileSchedule.start(reconciliations));
      kept(opened, LogCleaning.start(database, config.keepLog(), clock));
      var router = new Router();
      new ScimApplication(tenants, config.listen().publicUrl(), clock).addTo(router);
      new OperatorApi(operated, config.operators(), clock).addTo(router);
      new Health(database::ready, phoneSystems(operated)).addTo(router);
      var address = new InetSocketAddress(config.listen().host(), config.listen().port());
      var web =
          kept(
              opened,
              WebServer.start(
                  address,
                  WebLimits.defaults().withMaxConnections(config.listen().maxConnections()),
                  router,
                  new ScimErrorMapper()));
      return new Bridge(config.listen(), web, opened);
    } catch (IOException | RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> opened, T part) {
    opened.push(part);
    return part;
  }

  private static ScimTenant scimTenant(
      TenantConfig tenant, Directory directory, Provisioner provisioner) {
    Map<TokenHash, Sender> tokens = new HashMap<>();
    tenant.tokens().forEach(token -> tokens.put(token.hash(), token.sender()));
    return new ScimTenant(
        tenant.name(), directory, provisioner, tokens, tenant.bulk(), tenant.jwt());
  }

  private static List<Supplier<PhoneSystem>> phoneSystems(Collection<OperatedTenant> tenants) {
    return tenants.stream()
        .<Supplier<PhoneSystem>>map(
            tenant ->
                () ->
                    new PhoneSystem(
                        state(tenant.provisioner().reachability()),
                        tenant.pbx().trouble().map(it -> it.kind().words())))
        .toList();
  }

  private static PhoneSystemState state(Reachability reachability) {
    return reachability
        .last()
        .map(up -> up ? PhoneSystemState.UP : PhoneSystemState.DOWN)
        .orElse(PhoneSystemState.UNKNOWN);
  }

  /** The file with its lock, which goes with the process. */
  private static FileChannel lock(Path file) {
    var directory = DataDirectory.make(file.resolveSibling(".").normalize());
    var lock = directory.lock(file.getFileName() + ".lock");
    directory.makePrivate(file);
    return lock;
  }

  private static Database open(StoreAddress store) {
    try {
      return Database.open(store);
    } catch (RuntimeException e) {
      throw CommandFailed.because("cannot open the store " + store + ": " + e.getMessage(), e);
    }
  }

  /** The SCIM base URL of a tenant, as identity providers call it. */
  URI scimUrl(String tenant) {
    String base =
        listen
            .publicUrl()
            .map(url -> url.toString().replaceAll("/$", ""))
            .orElse("http://" + listen.host() + ":" + web.port());
    return URI.create(base + "/" + tenant + "/scim/v2");
  }

  /** Takes no new request, ends what is under way, then closes the rest in reverse order. */
  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the bridge did not close in order", e);
      }
    }
  }
}
