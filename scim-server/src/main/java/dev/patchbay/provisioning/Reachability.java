package dev.patchbay.provisioning;

import dev.patchbay.pbx.api.PbxException;
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

  /** A call did not come through. Of one that was only to come later it says nothing. */
  void failed(PbxException cause) {
    if (!(cause instanceof PbxException.Unavailable later)
        || later.why() != PbxException.Cause.THROTTLED) {
      unreachable();
    }
  }

  private void unreachable() {
    inVain.incrementAndGet();
    last.set(Optional.of(false));
  }
}
