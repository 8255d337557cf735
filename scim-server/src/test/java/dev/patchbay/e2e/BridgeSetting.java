package dev.patchbay.e2e;

import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.portsip.Otherwise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * What is said of a {@link RunningBridge} before it is opened.
 *
 * @param mapping more of the {@code mapping} section, as in {@code ms365-source: external-id}
 * @param more keys beside {@code mapping}, as in {@code bulk: { parallel: 1 }}; {@code {tenant}}
 *     stands for the tenant's name
 * @param pbx how many calls the PBX is sent, and when it counts as down
 * @param clock the machine's
 * @param replicas so many bridges on one database, between which the clients' requests take turns;
 *     the clock of each one's machine is an hour ahead of the one before
 * @param otherwise in what the emulated PBX is not as usual
 */
record BridgeSetting(
    TestStore store,
    Path directory,
    String mapping,
    String more,
    String pbx,
    Duration callLimit,
    Clock clock,
    int replicas,
    Set<Otherwise> otherwise) {
  // Tests of single faults make many; the circuit breaker has tests of its own.
  private static final String UNHINDERED =
      "max-parallel: 16, requests-per-minute: 0, resilience: { window: 1000 }";

  private static final Duration PATIENT = Duration.ofSeconds(10);

  static BridgeSetting of(TestStore store, Path directory) {
    return new BridgeSetting(
        store, directory, "", "", UNHINDERED, PATIENT, Clock.systemUTC(), 1, Set.of());
  }

  BridgeSetting mapping(String changed) {
    return new BridgeSetting(
        store, directory, changed, more, pbx, callLimit, clock, replicas, otherwise);
  }

  BridgeSetting more(String changed) {
    return new BridgeSetting(
        store, directory, mapping, changed, pbx, callLimit, clock, replicas, otherwise);
  }

  BridgeSetting pbx(String changed) {
    return new BridgeSetting(
        store, directory, mapping, more, changed, callLimit, clock, replicas, otherwise);
  }

  BridgeSetting callLimit(Duration changed) {
    return new BridgeSetting(
        store, directory, mapping, more, pbx, changed, clock, replicas, otherwise);
  }

  BridgeSetting clock(Clock changed) {
    return new BridgeSetting(
        store, directory, mapping, more, pbx, callLimit, changed, replicas, otherwise);
  }

  BridgeSetting replicas(int changed) {
    return new BridgeSetting(
        store, directory, mapping, more, pbx, callLimit, clock, changed, otherwise);
  }

  BridgeSetting otherwise(Otherwise... changed) {
    return new BridgeSetting(
        store, directory, mapping, more, pbx, callLimit, clock, replicas, Set.of(changed));
  }

  RunningBridge open() {
    try {
      return new RunningBridge(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
