package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait for one another. */
@OnEachStore
class SharedCommitsTest {
  private static final String INSERT = "insert into pool_cursor values ('office', ?, '1')";

  private final TestStore store;
  private Database database;
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  SharedCommitsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = store.open(folder).of("office");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static int insert(Handle handle, String name) {
    return handle.execute(INSERT, name);
  }

  private List<String> names() {
    return database.read(
        handle ->
            handle
                .createQuery("select pool from pool_cursor order by pool")
                .mapTo(String.class)
                .list());
  }

  private static <T> CompletableFuture<T> started(List<Thread> threads, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    result.complete(work.get());
                  } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                  }
                }));
    return result;
  }

  /** A write that keeps its turn until {@link #goOn}. */
  private CompletableFuture<Thread> leader(List<Thread> threads) throws InterruptedException {
    var leader =
        started(
            threads,
            () ->
                database.write(
                    handle -> {
                      insert(handle, "first");
                      first.countDown();
                      await(goOn);
                      return Thread.currentThread();
                    }));
    first.await();
    return leader;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void untilAllWait(List<Thread> threads) {
    while (threads.stream().anyMatch(it -> it.getState() == Thread.State.RUNNABLE)) {
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<Thread> follower(List<Thread> threads, String name) {
    return started(
        threads,
        () ->
            database.write(
                handle -> {
                  insert(handle, name);
                  return Thread.currentThread();
                }));
  }

  @Test
  void writesThatWaitedAreRunTogether() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var leader = leader(threads);
    var second = follower(threads, "second");
    var third = follower(threads, "third");
    untilAllWait(threads);

    goOn.countDown();

    assertThat(List.of(second.join(), third.join())).containsOnly(leader.join());
    assertThat(names()).containsExactly("first", "second", "third");
  }

  @Test
  void oneThatThrowsTakesNobodyWithIt() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var leader = leader(threads);
    var taken = follower(threads, "first"); // a second row of this name is refused
    var third = follower(threads, "third");
    untilAllWait(threads);

    goOn.countDown();

    leader.join();
    assertThatThrownBy(taken::join).isInstanceOf(CompletionException.class);
    third.join();
    assertThat(names()).containsExactly("first", "third");
  }

  @Test
  void nothingOfOneThatThrowsStays() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var leader = leader(threads);
    var half =
        started(
            threads,
            () ->
                database.write(
                    handle -> {
                      insert(handle, "half");
                      throw new IllegalArgumentException("no");
                    }));
    untilAllWait(threads);

    goOn.countDown();

    leader.join();
    assertThatThrownBy(half::join).hasRootCauseMessage("no");
    assertThat(names()).containsExactly("first");
  }

  @Test
  void oneThatIsStoppedWhileItWaitsIsNotRun() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var leader = leader(threads);
    var stopped = follower(threads, "stopped");
    untilAllWait(threads);

    threads.getLast().interrupt();

    assertThatThrownBy(stopped::join).hasCauseInstanceOf(StoreUnavailable.class);
    goOn.countDown();
    leader.join();
    assertThat(names()).containsExactly("first");
  }

  @Test
  void theTurnGoesOnAfterAWriteThatThrew() {
    assertThatThrownBy(
            () ->
                database.write(
                    handle -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");

    assertThat(database.<Integer>write(handle -> insert(handle, "next"))).isEqualTo(1);
  }
}
