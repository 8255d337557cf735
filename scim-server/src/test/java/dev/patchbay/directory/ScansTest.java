package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.Reads;
import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.database.TestStore;
import dev.patchbay.schema.FilterParser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that test every entry. */
@OnEachStore
class ScansTest {
  private final TestStore store;
  @TempDir private Path folder;

  ScansTest(TestStore store) {
    this.store = store;
  }

  @Test
  void oneTooManyIsToldToComeLater() throws Exception {
    try (var fixture = DirectoryFixture.on(store, folder);
        var threads = Executors.newCachedThreadPool()) {
      var directory = new Directory(fixture.database(), Clock.systemUTC(), Duration.ZERO);
      var over = new CountDownLatch(1);
      var reading = new AtomicInteger();
      Reads.surround(fixture.database(), () -> reads(reading, over));
      var slow = threads.submit(() -> directory.list(scan()));
      var other = threads.submit(() -> directory.list(scan()));
      try {
        await().until(() -> reading.get() == 2);

        assertThatThrownBy(() -> directory.list(scan())).isInstanceOf(StoreUnavailable.class);
      } finally {
        over.countDown();
      }
      assertThat(slow.get().total()).isEqualTo(other.get().total());
      assertThat(directory.list(scan()).total()).isZero();
    } finally {
      store.close();
    }
  }

  private static void reads(AtomicInteger reading, CountDownLatch over) {
    reading.incrementAndGet();
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ListQuery scan() {
    return DirectoryFixture.query(USERS, Optional.of(FilterParser.parse("title co \"x\"")), 1, 10);
  }
}
