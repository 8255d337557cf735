package dev.patchbay.e2e;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;

@OnEachStore
class ConcurrencyTest extends ConcurrencyContract {
  private final TestStore store;

  ConcurrencyTest(TestStore store) {
    this.store = store;
  }

  @Override
  RunningBridge open(Path directory) {
    return RunningBridge.on(store, directory);
  }

  @Override
  void drop() {
    store.close();
  }
}
