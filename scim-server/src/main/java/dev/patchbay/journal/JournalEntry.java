package dev.patchbay.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The open work on one entry; see docs/explanation/write-protocol.md.
 *
 * @param wish the resource the PBX is being driven to; empty when it is to be deleted
 * @param wishSeq moves when a newer wish joins, so that a running plan stops and plans again
 * @param baseVersion the version If-Match may still name: that the wish was made from; once the
 *     wish was accepted, that it led to
 * @param source the token whose wish it is
 * @param offBoarding whether something is to be taken away: claimed before everything else
 * @param blocked fields given up until a request names them or an operator retries
 * @param reason the last refusal or outage, without secrets
 * @param givenUpAt when the last call without an answer was given up
 * @param dueAt when to try again
 * @param lease who works on it and until when
 * @param secrets what is still to be set of what the wish brought
 */
public record JournalEntry(
    String entryId,
    String tenant,
    Optional<ObjectNode> wish,
    long wishSeq,
    Direction direction,
    long baseVersion,
    String source,
    boolean offBoarding,
    Set<PbxField> blocked,
    Optional<String> reason,
    Optional<Instant> givenUpAt,
    int attempts,
    Instant dueAt,
    Optional<Lease> lease,
    Instant openedAt,
    SecretSlot secrets) {

  /**
   * A claim on the entry by one process.
   *
   * @param until in the store's time; the process renews it as long as it is at work
   */
  public record Lease(String owner, Instant until) {}

  /**
   * So often recovery tries, each time ten minutes later in the end: about a week. What takes away
   * is tried for ever.
   */
  public static final int MOST_ATTEMPTS = 1000;

  /** Leaves the first try after a quiet time to the sender, who was told to come back then. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  public JournalEntry {
    blocked = Set.copyOf(blocked);
  }

  /** Whether it was tried so often that a person has to say go on. */
  public boolean isGivenUp() {
    return attempts >= MOST_ATTEMPTS && !offBoarding;
  }

  /**
   * The same with a wish that takes something away, due at once, and a sequence that stops whoever
   * runs the old one. Who took something away first may give it back.
   */
  public JournalEntry wishing(Optional<ObjectNode> newer, String by, Instant now) {
    return new JournalEntry(
        entryId,
        tenant,
        newer,
        wishSeq + 1,
        Direction.FORWARD,
        baseVersion,
        offBoarding ? source : by,
        true,
        blocked,
        reason,
        givenUpAt,
        attempts,
        now,
        lease,
        openedAt,
        secrets.dropped());
  }

  /** The same wish, to be planned again because the entry changed beside it. */
  public JournalEntry disturbed(Instant now) {
    return disturbed(source, now);
  }

  /**
   * As {@link #disturbed(Instant)}, because member rows were changed. Who took something away first
   * may give it back.
   */
  public JournalEntry disturbed(String by, Instant now) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq + 1,
        direction,
        baseVersion,
        offBoarding ? source : by,
        true,
        blocked,
        reason,
        givenUpAt,
        attempts,
        now,
        lease,
        openedAt,
        secrets);
  }

  /** Whether the wish was refused: the PBX is driven to what the directory says. */
  public boolean goesBack() {
    return direction == Direction.BACK;
  }

  /** The same after its wish was accepted as this version, which its sender knows. */
  public JournalEntry accepted(long version) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        direction,
        version,
        source,
        offBoarding,
        blocked,
        reason,
        givenUpAt,
        attempts,
        dueAt,
        lease,
        openedAt,
        secrets);
  }

  /** The same, driving the PBX back to what the directory says. */
  public JournalEntry back() {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        Direction.BACK,
        baseVersion,
        source,
        offBoarding,
        blocked,
        reason,
        givenUpAt,
        attempts,
        dueAt,
        lease,
        openedAt,
        secrets);
  }

  /** The same in the hands of a process. */
  public JournalEntry leased(Lease taken) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        direction,
        baseVersion,
        source,
        offBoarding,
        blocked,
        reason,
        givenUpAt,
        attempts,
        dueAt,
        Optional.of(taken),
        openedAt,
        secrets);
  }

  /** The same in nobody's hands, to be tried at {@code due}. */
  public JournalEntry resting(int tries, Instant due, Optional<String> why) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        direction,
        baseVersion,
        source,
        offBoarding,
        blocked,
        why,
        givenUpAt,
        tries,
        due,
        Optional.empty(),
        openedAt,
        secrets);
  }

  /** The same, resting until the call given up at {@code at} cannot act any more. */
  public JournalEntry givenUp(Instant at, Duration quietTime) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        direction,
        baseVersion,
        source,
        offBoarding,
        blocked,
        reason,
        Optional.of(at),
        attempts,
        at.plus(quietTime).plus(offBoarding ? Duration.ZERO : GRACE),
        lease,
        openedAt,
        secrets);
  }

  /** The same with other secrets to be set. */
  public JournalEntry with(SecretSlot slot) {
    return new JournalEntry(
        entryId,
        tenant,
        wish,
        wishSeq,
        direction,
        baseVersion,
        source,
        offBoarding,
        blocked,
        reason,
        givenUpAt,
        attempts,
        dueAt,
        lease,
        openedAt,
        slot);
  }
}
