package dev.patchbay.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes that take turns, put into one transaction where they wait for each other: a commit waits
 * for the disk, and one wait serves them all. Whoever finds nobody at it leads, runs its own work
 * and that of those who came meanwhile, and commits. Nobody hears of his work before it is on disk;
 * work that throws leaves nothing, and does not touch that of the others.
 */
final class SharedCommits {
  /** Writes in one transaction; the first of them waits for the last. */
  private static final int MOST = 32;

  private final Transactions transactions;
  private final Deque<Write<?>> waiting = new ArrayDeque<>();
  private boolean led;

  /** Runs work in a transaction of its own: committed when it returns, undone when it throws. */
  @FunctionalInterface
  interface Transactions {
    void in(Consumer<Handle> work);
  }

  SharedCommits(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Throws what {@code work} throws, or what kept the commit from happening. */
  <T> T write(Function<Handle, T> work) {
    var write = new Write<>(work);
    if (takesLead(write) || write.leadsAfterWaiting()) {
      lead(write);
    }
    return write.result();
  }

  private synchronized boolean takesLead(Write<?> write) {
    if (led) {
      waiting.add(write);
      return false;
    }
    led = true;
    return true;
  }

  private void lead(Write<?> first) {
    var together = new ArrayList<Write<?>>(List.of(first));
    try {
      transactions.in(handle -> runAll(handle, together));
      together.forEach(Write::committed);
    } catch (RuntimeException | Error failure) {
      together.forEach(write -> write.failed(failure));
    } finally {
      passOn();
    }
  }

  private void runAll(Handle handle, List<Write<?>> together) {
    together.getFirst().run(handle); // alone so far: if it throws, the whole transaction goes
    for (Write<?> next = next(); next != null; next = next()) {
      together.add(next);
      join(handle, next);
      if (together.size() == MOST) {
        return;
      }
    }
  }

  private static void join(Handle handle, Write<?> write) {
    handle.execute("savepoint joined");
    try {
      write.run(handle);
    } catch (RuntimeException | Error refusal) {
      handle.execute("rollback to savepoint joined"); // fails, and all with it, if nothing is left
      write.refuse(refusal);
    }
    handle.execute("release savepoint joined");
  }

  private synchronized @Nullable Write<?> next() {
    return waiting.poll();
  }

  private synchronized void passOn() {
    Write<?> next = waiting.poll();
    led = next != null;
    if (next != null) {
      next.lead();
    }
  }

  private synchronized boolean withdrawn(Write<?> write) {
    return waiting.remove(write);
  }

  private enum Turn {
    /** The work is to be run by the thread that brought it. */
    LEAD,
    /** It was run, and its transaction has ended. */
    ENDED
  }

  /** One piece of work; its fields are written before {@code turn} is completed. */
  private final class Write<T> {
    private final Function<Handle, T> work;
    private final CompletableFuture<Turn> turn = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Throwable failure;

    Write(Function<Handle, T> work) {
      this.work = work;
    }

    boolean leadsAfterWaiting() {
      try {
        return turn.get(Database.WAIT.toMillis(), TimeUnit.MILLISECONDS) == Turn.LEAD;
      } catch (TimeoutException late) {
        return leadsAfterAll("other writes took too long", late);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return leadsAfterAll("we are stopping", stopped);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Work that was begun has to be waited for: it may be committed. */
    private boolean leadsAfterAll(String why, Exception cause) {
      if (withdrawn(this)) {
        throw new StoreUnavailable(why, cause);
      }
      return turn.join() == Turn.LEAD;
    }

    void lead() {
      turn.complete(Turn.LEAD);
    }

    void run(Handle handle) {
      value = work.apply(handle);
    }

    void refuse(Throwable refusal) {
      failure = refusal;
    }

    void committed() {
      turn.complete(Turn.ENDED);
    }

    void failed(Throwable cause) {
      failure = cause;
      turn.complete(Turn.ENDED);
    }

    T result() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException refusal) {
        throw refusal;
      }
      if (value == null) {
        throw new IllegalStateException("a write without a result");
      }
      return value;
    }
  }
}
