package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that has no room left, or whose pages something else wrote over. */
class StoreFailureTest {
  private static final int PAGE = 4096;

  private final TestStore store = TestStore.sqlite();
  private final Path folder;
  private final Database database;

  StoreFailureTest(@TempDir Path folder) {
    this.folder = folder;
    this.database = store.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void isNotReadyWhileTheDiskIsFullAndHasWhatWasWritten() {
    database.run(handle -> write(handle, "before", 10));
    pages("max_page_count = " + pages("page_count"));

    assertThatThrownBy(() -> database.run(handle -> write(handle, "too-much", 1_000_000)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("full");

    assertThatThrownBy(database::ready).isInstanceOf(StoreUnavailable.class);
    assertThat(pools()).isEqualTo("before");
    pages("max_page_count = 1000000");
    assertThat(database.ready()).isTrue();
    database.run(handle -> write(handle, "too-much", 1_000_000));
    assertThat(pools()).isEqualTo("before,too-much");
  }

  @Test
  void isNotReadyOnceItFoundThatTheFileIsDamaged() throws IOException {
    database.run(handle -> write(handle, "before", 2_000_000));
    database.close();
    damage();

    try (var damaged = store.open(folder)) {
      assertThat(damaged.ready()).isTrue(); // nobody has looked there yet
      assertThatThrownBy(() -> damaged.read(StoreFailureTest::everything))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("malformed");

      assertThat(damaged.ready()).isFalse();
      damaged.run(handle -> {});
      assertThat(damaged.ready()).as("though a write went well").isFalse();
    }
  }

  private static void write(Handle handle, String pool, int length) {
    handle.execute("insert into pool_cursor values ('office', ?, ?)", pool, "1".repeat(length));
  }

  private int pages(String pragma) {
    return database.write(
        handle -> handle.createQuery("pragma " + pragma).mapTo(Integer.class).one());
  }

  private String pools() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select group_concat(pool) from (select pool from pool_cursor order by pool)")
                .mapTo(String.class)
                .one());
  }

  private static String everything(Handle handle) {
    return handle
        .createQuery("select group_concat(next_number) from pool_cursor")
        .mapTo(String.class)
        .one();
  }

  /** The last pages: those of the long value. */
  private void damage() throws IOException {
    try (var file = FileChannel.open(folder.resolve("patchbay.db"), StandardOpenOption.WRITE)) {
      var nonsense = new byte[100 * PAGE];
      Arrays.fill(nonsense, (byte) 'Z');
      file.write(ByteBuffer.wrap(nonsense), file.size() - nonsense.length);
    }
  }
}
