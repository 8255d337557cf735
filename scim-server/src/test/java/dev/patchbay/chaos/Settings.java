package dev.patchbay.chaos;

import java.nio.file.Path;

/**
 * One run.
 *
 * @param seed of every decision: the same seed decides the same
 * @param kills of the bridge
 * @param senders identity providers at work side by side
 * @param store {@code sqlite} or {@code postgresql}
 * @param folder gets everything the run leaves; emptied before
 */
record Settings(long seed, int kills, int senders, String store, Path folder) {
  /**
   * As the command line has them.
   *
   * @param words seed, or {@code any}; kills; store
   */
  static Settings of(String... words) {
    long seed = words[0].equals("any") ? System.nanoTime() & 0xFFFFFF : Long.parseLong(words[0]);
    var store = words[2];
    return new Settings(
        seed, Integer.parseInt(words[1]), 8, store, Path.of("target", "chaos", store + "-" + seed));
  }

  /** On PostgreSQL two of them share the work. */
  int bridges() {
    return store.equals("sqlite") ? 1 : 2;
  }

  /** A long run is worth the time that makes each start short. */
  boolean isLong() {
    return kills > 15;
  }

  @Override
  public String toString() {
    return "seed=" + seed + " kills=" + kills + " senders=" + senders + " store=" + store;
  }
}
