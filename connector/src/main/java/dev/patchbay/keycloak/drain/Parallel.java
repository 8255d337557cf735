package dev.patchbay.keycloak.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does a thing for each of several, some at a time, and ends when all are done. */
record Parallel(ExecutorService pool, int width) {
  <T> void run(List<T> all, Consumer<T> work) {
    if (all.size() == 1) {
      work.accept(all.get(0));
      return;
    }
    var free = new Semaphore(width);
    var running = new ArrayList<Future<?>>();
    try {
      for (T each : all) {
        free.acquire();
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
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not send", e.getCause());
    }
  }
}
