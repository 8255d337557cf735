package dev.patchbay.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Operations that belong together, since one undoes what another did.
 *
 * @param floor what cannot be beaten, measured in the same rounds
 * @param operations by name, in the order they are run, for one directory
 */
record Series(
    String floorName,
    Function<Duration, Figures> floor,
    Function<Directory, Map<String, Operation>> operations,
    List<String> names) {

  /** Work for one round, which ends when it is used up or time is. */
  @FunctionalInterface
  interface Operation {
    Supplier<Work> round();
  }
}
