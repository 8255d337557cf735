package dev.patchbay.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a command running until it is told to stop (SIGTERM, SIGINT), and the process alive until
 * the command has closed what it opened.
 */
final class StopSignal {
  /** Start the program with {@code -Dpatchbay.exit-with-parent=true} where signals do not reach. */
  private static final String WITH_PARENT = "patchbay.exit-with-parent";

  // Above a server's wait for requests in flight, below the 30 s after which containers are killed.
  private static final Duration LIMIT = Duration.ofSeconds(20);

  // Soon enough for the next start to find the port free.
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    var signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
    if (Boolean.getBoolean(WITH_PARENT)) {
      Thread.ofPlatform().daemon().name("parent-watch").start(new ParentWatch(parent()));
    }
    return signal;
  }

  private static Optional<Long> parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid);
  }

  /**
   * Maven passes no signal on: what it started would outlive it. Not {@code ProcessHandle.onExit},
   * which takes a dead parent nobody waited for (a zombie) for alive.
   */
  private record ParentWatch(Optional<Long> parent) implements Runnable {
    @Override
    public void run() {
      try {
        while (StopSignal.parent().equals(parent)) {
          Thread.sleep(LOOK_EVERY);
        }
        System.exit(0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stop() {
    asked.countDown();
    try {
      closed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the process is told to stop. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end: everything is closed. */
  void closed() {
    closed.countDown();
  }
}
