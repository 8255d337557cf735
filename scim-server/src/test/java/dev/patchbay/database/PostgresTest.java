package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Secret;
import dev.patchbay.database.StoreAddress.PostgresDatabase;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL is kept to beside the tests of {@link OnEachStore}. */
class PostgresTest {
  private final TestStore.OnPostgresql store = TestStore.postgresql();
  @TempDir private Path folder;

  @AfterEach
  void drop() {
    store.close();
  }

  @Test
  void aSecondBridgeIsRefusedUntilTheFirstEnds() {
    try (var first = store.open(folder)) {
      assertThatThrownBy(() -> store.open(folder)).hasMessage("it is in use by another patchbay");
      assertThat(first.ready()).isTrue();
    }
    try (var second = store.open(folder)) {
      assertThat(second.ready()).isTrue();
    }
  }

  @Test
  @Tag("long") // it waits for a connection that never comes
  void aBridgeThatAnotherOneReplacedWritesNoMore() {
    try (var first = store.open(folder)) {
      PostgresServer.running().cut(store.at(folder));
      try (var second = store.open(folder)) {
        assertThat(second.ready()).isTrue();
        assertThatThrownBy(() -> first.run(handle -> handle.execute("delete from pool_cursor")))
            .hasStackTraceContaining("another patchbay has taken over this database");
      }
    }
  }

  @Test
  void aBridgeWhoseConnectionsWereCutGoesOn() {
    try (var database = store.open(folder)) {
      PostgresServer.running().cut(store.at(folder));

      database.run(handle -> handle.execute("delete from pool_cursor"));

      assertThat(database.ready()).isTrue();
    }
  }

  @Test
  void refusesADatabaseThatCannotHoldEveryText() {
    var name = PostgresServer.running().emptyDatabase("LATIN1");
    try {
      assertThatThrownBy(() -> Database.open(PostgresServer.running().address(name)))
          .hasMessage("its encoding is LATIN1, expected UTF8");
    } finally {
      PostgresServer.running().drop(name);
    }
  }

  @Test
  void saysWhichDatabaseIsNotThereWithoutThePassword() {
    var there = PostgresServer.running().address("nowhere");
    var address =
        new PostgresDatabase(there.url(), there.user(), Optional.of(Secret.of("hunter2")));

    assertThatThrownBy(() -> Database.open(address))
        .message()
        .contains("database \"nowhere\" does not exist")
        .doesNotContain("hunter2");
    assertThat(address.toString()).doesNotContain("hunter2");
  }

  @Test
  void aWriteSeesWhatTheWriteBeforeItDid() {
    try (var database = store.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var office = database.of("office");
      var writes =
          IntStream.range(0, 50)
              .mapToObj(i -> CompletableFuture.runAsync(() -> increment(office), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(writes).join();

      assertThat(cursor(database)).isEqualTo("50");
    }
  }

  private static void increment(Database database) {
    database.run(
        handle -> {
          var next =
              handle
                  .createQuery("select next_number from pool_cursor")
                  .mapTo(Integer.class)
                  .findOne()
                  .map(it -> it + 1)
                  .orElse(1);
          handle.execute("delete from pool_cursor");
          handle.execute("insert into pool_cursor values ('office', 'p', ?)", next.toString());
        });
  }

  private static String cursor(Database database) {
    return database.read(
        handle ->
            handle.createQuery("select next_number from pool_cursor").mapTo(String.class).one());
  }

  @Test
  void tenantsDoNotWaitForEachOther() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    try (var database = store.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow =
          threads.submit(
              () ->
                  database
                      .of("office")
                      .write(
                          handle -> {
                            begun.countDown();
                            return uninterrupted(end);
                          }));
      begun.await();

      database.of("branch").run(handle -> handle.execute("delete from pool_cursor"));

      assertThat(slow.isDone()).isFalse();
      end.countDown();
      assertThat(slow.get()).isTrue();
    }
  }

  private static boolean uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
