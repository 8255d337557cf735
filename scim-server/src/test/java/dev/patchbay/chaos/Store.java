package dev.patchbay.chaos;

import dev.patchbay.database.PostgresServer;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.Random;

/** Where the bridge of a run keeps what it knows. */
record Store(TestStore store, Path folder) implements AutoCloseable {
  static Store of(Settings settings) {
    var store = settings.store().equals("sqlite") ? TestStore.sqlite() : TestStore.postgresql();
    return new Store(store, settings.folder().toAbsolutePath());
  }

  String yaml() {
    return store.yaml(folder);
  }

  boolean canFail() {
    return store instanceof TestStore.OnPostgresql;
  }

  /** Cuts every connection, or kills one of the server's processes, which drops everybody. */
  void fail(Random random) {
    if (random.nextBoolean()) {
      PostgresServer.running().crash();
    } else if (store instanceof TestStore.OnPostgresql postgresql) {
      PostgresServer.running().cut(postgresql.at(folder));
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
