package dev.patchbay.provisioning;

import dev.patchbay.database.TestStore;
import java.nio.file.Path;

class OneVersionAtTwoProcessesTest extends OneVersionContract {
  private final TestStore.OnPostgresql store = TestStore.postgresql();

  @Override
  WritersAtOnce writers(Path directory) {
    return new WritersAtOnce(store.open(directory), store.open(directory));
  }

  @Override
  void drop() {
    store.close();
  }
}
