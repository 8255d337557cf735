package dev.patchbay.provisioning;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One writer per name at a time within this process; waiting is fair and bounded. */
final class EntryLocks {
  private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  /** Somebody else holds the name, or did and changed what was read: try again. */
  static final class Busy extends RuntimeException {
    Busy() {
      super("busy", null, false, false);
    }
  }

  /** Held until closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits up to {@code limit}; throws {@link Busy} when the name stays taken. */
  Held take(String name, Duration limit) {
    var slot =
        slots.compute(
            name,
            (key, known) -> {
              var used = known == null ? new Slot() : known;
              used.users++;
              return used;
            });
    boolean held = false;
    try {
      held = slot.lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!held) {
      leave(name);
      throw new Busy();
    }
    return () -> {
      slot.lock.unlock();
      leave(name);
    };
  }

  private void leave(String name) {
    slots.computeIfPresent(name, (key, slot) -> --slot.users == 0 ? null : slot);
  }
}
