package dev.patchbay.app;

import dev.patchbay.database.Database;
import dev.patchbay.pbx.api.PbxAdapter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The running bridge: what it is made of, and the one place that puts it together. */
final class Bridge implements AutoCloseable {
  private final Listen listen;
  private final Database database;
  private final List<PbxAdapter> phoneSystems;

  private Bridge(Listen listen, Database database, List<PbxAdapter> phoneSystems) {
    this.listen = listen;
    this.database = database;
    this.phoneSystems = phoneSystems;
  }

  /**
   * Opens everything and answers requests from then on. No PBX is called: it may be down.
   *
   * @throws IOException if the address cannot be listened on
   */
  static Bridge open(BridgeConfig config, Clock clock) throws IOException {
    var database = open(config.store());
    var phoneSystems = new ArrayList<PbxAdapter>();
    for (TenantConfig tenant : config.tenants()) {
      phoneSystems.add(tenant.openPbx(clock));
    }
    return new Bridge(config.listen(), database, phoneSystems);
  }

  private static Database open(StoreSettings store) {
    DataDirectory.make(store.directory()).makePrivate(store.file());
    try {
      return Database.sqlite(store.file());
    } catch (RuntimeException e) {
      throw CommandFailed.because(
          "cannot open the store " + store.file() + ": " + e.getMessage(), e);
    }
  }

  /** The SCIM base URL of a tenant, as identity providers call it. */
  URI scimUrl(String tenant) {
    String base =
        listen
            .publicUrl()
            .map(url -> url.toString().replaceAll("/$", ""))
            .orElse("http://" + listen.host() + ":" + listen.port());
    return URI.create(base + "/" + tenant + "/scim/v2");
  }

  @Override
  public void close() {
    phoneSystems.forEach(PbxAdapter::close);
    database.close();
  }
}
