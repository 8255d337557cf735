package dev.patchbay.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Counts the requests of all senders. What goes wrong does so at a request, not at a time: a run of
 * the same seed goes wrong at the same places, however fast the machine is.
 */
final class Beat implements AutoCloseable {
  /** What a request takes at most; where bridge or PBX are away, time goes on instead of them. */
  private static final long MILLIS = 25;

  private final Writer file;
  private long count;

  /**
   * A new count.
   *
   * @param file gets a line for each thing that went wrong
   */
  Beat(Path file) throws IOException {
    this.file = Files.newBufferedWriter(file);
  }

  synchronized void begun() {
    count++;
    notifyAll();
  }

  /** Nobody listened. */
  synchronized void notSent() {
    count--;
  }

  /** Waits for so many more requests, or as long as they would take. */
  synchronized void await(int requests) throws InterruptedException {
    long wanted = count + requests;
    long end = System.nanoTime() + requests * MILLIS * 1_000_000L;
    for (long left = end - System.nanoTime();
        count < wanted && left > 0;
        left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /** Takes down what goes wrong now. */
  synchronized void note(String what) {
    try {
      file.write(String.format(Locale.ROOT, "%7d %s%n", count, what));
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
