package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Reservations;
import dev.patchbay.pbx.api.PbxAdapter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

  /** When a lease taken now ends: it outlasts one call and what may follow it. */
  Instant leaseEnd() {
    return now()
        .plus(adapter.capabilities().callLimit().multipliedBy(2))
        .plus(policy.answerWithin());
  }
}
