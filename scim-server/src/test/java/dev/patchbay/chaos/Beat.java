package dev.patchbay.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Counts the requests of all senders. What goes wrong does so at a request, not at a time: a run of
 * the same seed goes wrong at the same places, however fast the machine is. Where nothing was sent
 * for long, time went on instead; a run that follows the schedule of another one waits for the
 * requests at which that one went on.
 */
final class Beat implements AutoCloseable {
  /** What a request takes at most; where bridge or PBX are away, time goes on instead of them. */
  private static final long MILLIS = 25;

  /** So much slower may a run be that follows another one. */
  private static final long PATIENCE = 8;

  private static final Pattern WAKES = Pattern.compile(" *(\\d+) (kills|troubles) go on");

  private final Writer file;
  private final Map<String, Deque<Long>> recorded;
  private long count;

  /**
   * A new count.
   *
   * @param file gets a line for each thing that went wrong
   * @param replayed such a file of the run to follow
   */
  Beat(Path file, Optional<Path> replayed) throws IOException {
    this.recorded = replayed.isPresent() ? recorded(replayed.get()) : Map.of();
    this.file = Files.newBufferedWriter(file);
  }

  private static Map<String, Deque<Long>> recorded(Path schedule) throws IOException {
    var recorded = new HashMap<String, Deque<Long>>();
    for (String line : Files.readAllLines(schedule)) {
      var wakes = WAKES.matcher(line);
      if (wakes.matches()) {
        recorded
            .computeIfAbsent(wakes.group(2), who -> new ArrayDeque<>())
            .add(Long.parseLong(wakes.group(1)));
      }
    }
    return recorded;
  }

  synchronized void begun() {
    count++;
    notifyAll();
  }

  /** Nobody listened. */
  synchronized void notSent() {
    count--;
  }

  /**
   * Waits for so many more requests, or as long as they would take.
   *
   * @param who {@code kills} or {@code troubles}
   */
  synchronized void await(String who, int requests) throws InterruptedException {
    var next = Optional.ofNullable(recorded.get(who)).map(Deque::poll);
    long wanted = next.orElse(count + requests);
    long most = next.isPresent() ? (wanted - count) * PATIENCE : requests;
    long end = System.nanoTime() + most * MILLIS * 1_000_000L;
    for (long left = end - System.nanoTime();
        count < wanted && left > 0;
        left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    note(who + " go on");
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
