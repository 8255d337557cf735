package dev.patchbay.chaos;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One run.
 *
 * @param seed of every decision: the same seed decides the same
 * @param kills of the bridge
 * @param senders identity providers at work side by side; one alone always sends the same
 * @param store {@code sqlite} or {@code postgresql}
 * @param system whose emulated phone system it is
 * @param replayed the {@code schedule.log} of a run to follow
 * @param folder gets everything the run leaves; emptied before
 */
record Settings(
    long seed,
    int kills,
    int senders,
    String store,
    PhoneSystem system,
    Optional<Path> replayed,
    Path folder) {
  /**
   * As the command line has them.
   *
   * @param words seed, or {@code any}; kills; store; senders, eight unless it says; the schedule to
   *     follow, or {@code none}; the phone system's dialect, PortSIP unless it says
   */
  static Settings of(String... words) {
    long seed = words[0].equals("any") ? System.nanoTime() & 0xFFFFFF : Long.parseLong(words[0]);
    var store = words[2];
    var replayed =
        Optional.of(words).filter(it -> it.length > 4 && !it[4].equals("none")).map(it -> it[4]);
    var system = words.length > 5 ? PhoneSystem.named(words[5]) : PhoneSystem.PORTSIP;
    var kind = system == PhoneSystem.PORTSIP ? store : store + "-" + system.dialect();
    var name = kind + "-" + seed + (replayed.isPresent() ? "-again" : "");
    return new Settings(
        seed,
        Integer.parseInt(words[1]),
        words.length > 3 ? Integer.parseInt(words[3]) : 8,
        store,
        system,
        replayed.map(Path::of),
        Path.of("target", "chaos", name));
  }

  /** What becomes of writes while the PBX is down. */
  String onUnavailable() {
    return seed % 3 == 0 ? "queue" : "refuse";
  }

  /**
   * Requests to the PBX in a minute, all bridges together: none too many, or more than there are.
   */
  int perMinute() {
    return seed % 2 == 0 ? 4000 : 0;
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
    return "seed="
        + seed
        + " kills="
        + kills
        + " senders="
        + senders
        + " store="
        + store
        + " dialect="
        + system.dialect()
        + " on-unavailable="
        + onUnavailable()
        + " requests-per-minute="
        + perMinute()
        + replayed.map(it -> " follows=" + it).orElse("");
  }
}
