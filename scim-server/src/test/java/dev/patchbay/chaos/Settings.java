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
 * @param target whose emulated phone system the tenant has besides, for a part of its people
 * @param replayed the {@code schedule.log} of a run to follow
 * @param folder gets everything the run leaves; emptied before
 */
record Settings(
    long seed,
    int kills,
    int senders,
    String store,
    PhoneSystem system,
    Optional<PhoneSystem> target,
    Optional<Path> replayed,
    Path folder) {
  /**
   * As the command line has them.
   *
   * @param words seed, or {@code any}; kills; store; senders, eight unless it says; the schedule to
   *     follow, or {@code none}; the phone system's dialect, PortSIP unless it says; that of the
   *     target, none unless it says
   */
  static Settings of(String... words) {
    long seed = words[0].equals("any") ? System.nanoTime() & 0xFFFFFF : Long.parseLong(words[0]);
    var store = words[2];
    var replayed = word(words, 4);
    var system = word(words, 5).map(PhoneSystem::named).orElse(PhoneSystem.PORTSIP);
    var target = word(words, 6).map(PhoneSystem::named);
    var name =
        store
            + (system == PhoneSystem.PORTSIP ? "" : "-" + system.dialect())
            + target.map(it -> "-and-" + it.dialect()).orElse("")
            + "-"
            + seed
            + (replayed.isPresent() ? "-again" : "");
    return new Settings(
        seed,
        Integer.parseInt(words[1]),
        words.length > 3 ? Integer.parseInt(words[3]) : 8,
        store,
        system,
        target,
        replayed.map(Path::of),
        Path.of("target", "chaos", name));
  }

  private static Optional<String> word(String[] words, int at) {
    return Optional.of(words)
        .filter(it -> it.length > at && !it[at].equals("none"))
        .map(it -> it[at]);
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
        + target.map(it -> " target=" + it.dialect()).orElse("")
        + " on-unavailable="
        + onUnavailable()
        + " requests-per-minute="
        + perMinute()
        + replayed.map(it -> " follows=" + it).orElse("");
  }
}
