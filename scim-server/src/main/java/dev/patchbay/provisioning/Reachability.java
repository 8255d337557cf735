package dev.patchbay.provisioning;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the last call said of whether the PBX can be reached; nothing is asked to find out. */
public final class Reachability {
  private final AtomicReference<Optional<Boolean>> last = new AtomicReference<>(Optional.empty());

  /** Empty until the first call. */
  public Optional<Boolean> last() {
    return last.get();
  }

  void answered() {
    last.set(Optional.of(true));
  }

  void unreachable() {
    last.set(Optional.of(false));
  }
}
