package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxAdapter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the write path of one tenant works with.
 *
 * @param owner names this process in leases
 */
record Tenant(
    String name,
    Database database,
    Reservations reservations,
    PbxAdapter adapter,
    Mapping mapping,
    ProvisioningPolicy policy,
    EntryLocks locks,
    Failures failures,
    Reachability reachability,
    SecureRandom random,
    Clock clock,
    String owner) {

  AccountSecrets secrets() {
    return mapping.secrets(adapter.passwordPolicy(), random);
  }

  /** The time as the store keeps it: in milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** How long a call that was given up on this work may still act. */
  Optional<Duration> quietLeft(Optional<JournalEntry> open) {
    return open.flatMap(JournalEntry::givenUpAt)
        .map(at -> Duration.between(now(), at.plus(adapter.capabilities().quietTime())))
        .filter(Duration::isPositive);
  }

  /** Whether another process has the work in hands, or had it too lately. */
  boolean leasedElsewhere(Optional<JournalEntry> open) {
    var quietTime = adapter.capabilities().quietTime();
    return open.flatMap(JournalEntry::lease)
        .filter(lease -> !lease.owner().equals(owner))
        .filter(lease -> lease.until().plus(quietTime).isAfter(now()))
        .isPresent();
  }

  /** Whether the work is to be left alone for now. */
  boolean resting(Optional<JournalEntry> open) {
    return leasedElsewhere(open) || quietLeft(open).isPresent();
  }

  /** When a lease taken now ends: it outlasts one call and what may follow it. */
  Instant leaseEnd() {
    return now()
        .plus(adapter.capabilities().callLimit().multipliedBy(2))
        .plus(policy.answerWithin());
  }
}
