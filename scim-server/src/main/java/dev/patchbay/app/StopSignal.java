package dev.patchbay.app;

import java.time.Duration;
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

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    var signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
    if (Boolean.getBoolean(WITH_PARENT)) {
      // Maven passes no signal on: what it started would outlive it.
      ProcessHandle.current()
          .parent()
          .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
    }
    return signal;
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
