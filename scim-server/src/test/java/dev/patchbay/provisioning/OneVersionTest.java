package dev.patchbay.provisioning;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;

@OnEachStore
class OneVersionTest extends OneVersionContract {
  private final TestStore store;

  OneVersionTest(TestStore store) {
    this.store = store;
  }

  @Override
  WritersAtOnce writers(Path directory) {
    return new WritersAtOnce(store.open(directory));
  }

  @Override
  void drop() {
    store.close();
  }
}
