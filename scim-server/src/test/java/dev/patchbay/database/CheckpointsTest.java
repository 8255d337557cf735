package dev.patchbay.database;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final int COMMITS = 100;
  private static final int LENGTH = 10_000;

  @TempDir private Path folder;

  @Test
  void whatIsCommittedComesIntoTheFileWhileItIsOpen() {
    try (var database = TestStore.sqlite().open(folder)) {
      for (int i = 0; i < COMMITS; i++) {
        var pool = "p" + i;
        database.run(
            handle ->
                handle.execute(
                    "insert into pool_cursor values (?, ?, ?)", "", pool, "1".repeat(LENGTH)));
      }

      await().until(() -> Files.size(folder.resolve("patchbay.db")) > COMMITS / 2 * LENGTH);
    }
  }
}
