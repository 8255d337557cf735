package dev.patchbay.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Secret;
import dev.patchbay.database.StoreAddress.PostgresDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void bridgesOnOneDatabaseKnowHowManyTheyAre() {
    try (var first = store.open(folder)) {
      assertThat(processes(first)).isOne();
      try (var second = store.open(folder)) {
        assertThat(processes(second)).isEqualTo(2);
        await().atMost(20, SECONDS).until(() -> processes(first) == 2);
      }
      await().atMost(20, SECONDS).until(() -> processes(first) == 1);
    }
  }

  private static int processes(Database database) {
    return database.sharing(Clock.systemUTC()).processes().getAsInt();
  }

  @Test
  void bridgesOnOneDatabaseHaveItsTime() {
    var wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (var first = store.open(folder);
        var second = store.open(folder)) {
      var time = first.sharing(wrong).clock().instant();

      assertThat(second.sharing(Clock.systemUTC()).clock().instant())
          .isCloseTo(time, within(1, ChronoUnit.SECONDS));
      assertThat(serverTime(first)).isCloseTo(time, within(1, ChronoUnit.SECONDS));
    }
  }

  private static Instant serverTime(Database database) {
    return database.read(
        handle -> handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one());
  }

  @Test
  @Tag("long") // as long as the server lets a transaction stand still
  void aBridgeThatStandsStillInAWriteDoesNotKeepOthersFromTheirs() {
    try (var frozen = store.open(folder);
        var other = store.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var begun = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      var still = threads.submit(() -> frozen.of("office").write(handle -> held(begun, end)));
      assertThat(uninterrupted(begun)).isTrue();

      other.of("office").run(handle -> handle.execute("delete from pool_cursor"));

      end.countDown();
      assertThatThrownBy(still::get).hasStackTraceContaining("idle-in-transaction timeout");
    }
  }

  private static boolean held(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    return uninterrupted(end);
  }

  @Test
  void aDatabaseThatServesTheNextTestIsEmpty() {
    try (var database = store.open(folder)) {
      database.run(
          handle -> handle.execute("insert into pool_cursor values ('office', 'all', '1000')"));
    }
    store.close();

    try (var next = store.open(folder)) {
      assertThat(rows(next)).isZero();
    }
  }

  private static int rows(Database database) {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from pool_cursor").mapTo(Integer.class).one());
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
  void bridgesThatStartTogetherOnAnEmptyDatabaseAllStart() throws Exception {
    var name = PostgresServer.running().emptyDatabase("UTF8");
    var address = PostgresServer.running().address(name);
    var gate = new CyclicBarrier(3);
    Callable<Database> start =
        () -> {
          gate.await();
          return Database.open(address);
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Database> started : threads.invokeAll(Collections.nCopies(3, start))) {
        try (var database = started.get()) {
          assertThat(database.ready()).isTrue();
        }
      }
    } finally {
      PostgresServer.running().drop(name);
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
      var slow = threads.submit(() -> database.of("office").write(handle -> held(begun, end)));
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
