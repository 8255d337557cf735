package dev.patchbay.keycloak.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Does a thing for each of several, some at a time, and ends when all are done, whatever came of
 * them.
 */
record Parallel(ExecutorService pool, int width) {
  <T> void run(List<T> all, Consumer<T> work) {
    if (all.size() == 1) {
      work.accept(all.get(0));
      return;
    }
    var free = new Semaphore(width);
    var running = new ArrayList<Future<?>>();
    for (T each : all) {
      free.acquireUninterruptibly();
      running.add(
          pool.submit(
              () -> {
                try {
                  work.accept(each);
                } finally {
                  free.release();
                }
              }));
    }
    free.acquireUninterruptibly(width); // nobody is under way any more
    running.forEach(Parallel::check);
  }

  private static void check(Future<?> done) {
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not send", e.getCause());
    }
  }
}
