package dev.patchbay.e2e;

import dev.patchbay.database.TestStore;
import java.nio.file.Path;

class ConcurrencyAtTwoBridgesTest extends ConcurrencyContract {
  private final TestStore.OnPostgresql store = TestStore.postgresql();

  @Override
  RunningBridge open(Path directory) {
    return RunningBridge.twice(store, directory);
  }

  @Override
  void drop() {
    store.close();
  }
}
