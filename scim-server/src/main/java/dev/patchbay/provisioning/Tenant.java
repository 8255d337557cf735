package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.mapping.AccountSecrets;
import dev.patchbay.mapping.Mapping;
import dev.patchbay.pbx.api.PbxAdapter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the write path of one tenant works with.
 *
 * @param seal with which secrets may wait in the store
 * @param targets further phone systems that follow this one
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
    Optional<SecretSeal> seal,
    Targets targets,
    Clock clock,
    String owner) {

  /** By so much two processes may differ in what time the store has, with room to spare. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** A run renews its lease about that often, so whose process dies waits no longer than needed. */
  private static final Duration RENEWED = Duration.ofSeconds(2);

  AccountSecrets secrets() {
    return mapping.secrets(adapter.passwordPolicy(), random);
  }

  /** The time as the store keeps it: in milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Until when a client waits for what it asks for now. */
  Instant answerBy() {
    return now().plus(policy.answerWithin());
  }

  /** How long a call that was given up on this work may still act. */
  Optional<Duration> quietLeft(Optional<JournalEntry> open) {
    return open.flatMap(JournalEntry::givenUpAt)
        .map(at -> Duration.between(now(), at.plus(adapter.capabilities().quietTime())))
        .filter(Duration::isPositive);
  }

  /**
   * Whether somebody has the work in hands, or had it too lately. Who holds the entry's lock in
   * this process sees an own lease only where an earlier run of its own did not end in order.
   */
  boolean leased(Optional<JournalEntry> open) {
    var quietTime = adapter.capabilities().quietTime();
    return open.flatMap(JournalEntry::lease)
        .filter(lease -> lease.until().plus(quietTime).isAfter(now()))
        .isPresent();
  }

  /** Throws while somebody has the work in hands: wait for him. */
  void requireAtRest(Optional<JournalEntry> open) {
    if (leased(open)) {
      throw new EntryLocks.Busy();
    }
  }

  /** Whether the work is to be left alone for now. */
  boolean resting(Optional<JournalEntry> open) {
    return leased(open) || quietLeft(open).isPresent();
  }

  /**
   * Throws when a newer wish was kept since {@code open} was read, or another process took the work
   * or renewed its lease: start again from there.
   */
  void requireUnchanged(Handle handle, String id, Optional<JournalEntry> open) {
    var now = Journal.find(handle, id);
    if (!now.map(JournalEntry::wishSeq).equals(open.map(JournalEntry::wishSeq))
        || !othersLease(now).equals(othersLease(open))) {
      throw new EntryLocks.Busy();
    }
  }

  private Optional<JournalEntry.Lease> othersLease(Optional<JournalEntry> open) {
    return open.flatMap(JournalEntry::lease).filter(lease -> !lease.owner().equals(owner));
  }

  /**
   * Work that we still had calls under way for when somebody else took it: due again, and where it
   * came back to us nobody's.
   */
  JournalEntry overtaken(JournalEntry open, boolean unanswered) {
    var disturbed = open.disturbed(now());
    var rested =
        othersLease(Optional.of(open)).isPresent()
            ? disturbed
            : disturbed.resting(open.attempts(), now(), open.reason());
    return unanswered ? rested.givenUp(now(), adapter.capabilities().quietTime()) : rested;
  }

  /** A lease from now on: for one call, and for what comes before it is renewed. */
  JournalEntry.Lease lease() {
    return new JournalEntry.Lease(owner, now().plus(callEnd()).plus(RENEWED));
  }

  /** How long a lease must last at least for one more call to be sent. */
  Duration callEnd() {
    return adapter.capabilities().callLimit().plus(MARGIN);
  }
}
