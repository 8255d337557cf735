package dev.patchbay.pbx.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue for one PBX: one request at a time stands at its head and waits for pace and a free
 * connection there, so that among those behind it a {@link Turn#FIRST} can still be preferred. The
 * limits themselves let through whoever asked first.
 */
final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Semaphore> first = new ArrayDeque<>();
  private final Queue<Semaphore> usual = new ArrayDeque<>();
  private Optional<Turn> head = Optional.empty();

  private Queue<Semaphore> queue(Turn turn) {
    return switch (turn) {
      case FIRST -> first;
      case USUAL -> usual;
    };
  }

  /**
   * Waits for the head of the queue, to be given up by {@link #next}.
   *
   * @return false when it did not come within {@code patience}
   */
  boolean await(Turn turn, Duration patience) {
    var call = new Semaphore(0);
    lock.lock();
    try {
      if (head.isEmpty()) {
        head = Optional.of(turn);
        return true;
      }
      queue(turn).add(call);
    } finally {
      lock.unlock();
    }
    return called(call, patience) || !left(turn, call);
  }

  private static boolean called(Semaphore call, Duration patience) {
    try {
      return call.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** False: it was called at this very moment. */
  private boolean left(Turn turn, Semaphore call) {
    lock.lock();
    try {
      return queue(turn).remove(call);
    } finally {
      lock.unlock();
    }
  }

  /** Whoever stood at the head is done with it. */
  void next() {
    lock.lock();
    try {
      for (Turn each : Turn.values()) {
        var call = queue(each).poll();
        if (call != null) {
          head = Optional.of(each);
          call.release();
          return;
        }
      }
      head = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait, the one at the head included. */
  int waiting(Turn turn) {
    lock.lock();
    try {
      return queue(turn).size() + (head.equals(Optional.of(turn)) ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }
}
