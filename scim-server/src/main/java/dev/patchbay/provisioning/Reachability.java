package dev.patchbay.provisioning;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What the last calls said of whether the PBX can be reached. */
public final class Reachability {
  /** So many calls in a row that did not reach it are no trouble of one entry. */
  private static final int AWAY = 3;

  private final AtomicReference<Optional<Boolean>> last = new AtomicReference<>(Optional.empty());
  private final AtomicInteger inVain = new AtomicInteger();

  /** Empty until the first call. */
  public Optional<Boolean> last() {
    return last.get();
  }

  /** Whether it has not been reached for a while. */
  boolean away() {
    return inVain.get() >= AWAY;
  }

  void answered() {
    inVain.set(0);
    last.set(Optional.of(true));
  }

  void unreachable() {
    inVain.incrementAndGet();
    last.set(Optional.of(false));
  }
}
