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

  /** When what waits for a person is due: not by itself. */
  public static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

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
    var changed = away(by, now);
    changed.wish = newer;
    changed.direction = Direction.FORWARD;
    changed.secrets = secrets.dropped();
    return changed.entry();
  }

  /**
   * The same wish, to be planned again because the entry changed beside it: due at once, however
   * often it was tried.
   */
  public JournalEntry disturbed(Instant now) {
    return draft(now).entry();
  }

  /**
   * As {@link #disturbed}, because somebody was taken away beside it. Who took something away first
   * may give it back.
   */
  public JournalEntry takingAway(String by, Instant now) {
    return away(by, now).entry();
  }

  private Draft draft(Instant now) {
    var changed = new Draft(this);
    changed.wishSeq = wishSeq + 1;
    changed.attempts = isGivenUp() ? 0 : attempts;
    changed.dueAt = now;
    return changed;
  }

  private Draft away(String by, Instant now) {
    var changed = draft(now);
    changed.source = offBoarding ? source : by;
    changed.offBoarding = true;
    return changed;
  }

  /**
   * The same after an operator took the wish back: the PBX is to be what the directory says from
   * now on, whoever runs stops, and nothing counts as taken away any more.
   *
   * @param to what the directory says; empty for a create, whose wish says what to look for
   */
  public JournalEntry cancelled(Optional<ObjectNode> to, String why, Instant now) {
    var changed = new Draft(this);
    changed.wish = to.or(() -> wish);
    changed.wishSeq = wishSeq + 1;
    changed.direction = Direction.BACK;
    changed.offBoarding = false;
    changed.blocked = Set.of();
    changed.reason = Optional.of(why);
    changed.attempts = 0;
    changed.dueAt = now;
    // Who sent them was told that they wait: that they were not set has to be said.
    changed.secrets = secrets.dropped();
    return changed.entry();
  }

  /** Whether the wish was refused: the PBX is driven to what the directory says. */
  public boolean goesBack() {
    return direction == Direction.BACK;
  }

  /** The same after its wish was accepted as this version, which its sender knows. */
  public JournalEntry accepted(long version) {
    var changed = new Draft(this);
    changed.baseVersion = version;
    return changed.entry();
  }

  /** The same, driving the PBX back to what the directory says. */
  public JournalEntry back() {
    var changed = new Draft(this);
    changed.direction = Direction.BACK;
    return changed.entry();
  }

  /** The same in the hands of a process. */
  public JournalEntry leased(Lease taken) {
    var changed = new Draft(this);
    changed.lease = Optional.of(taken);
    return changed.entry();
  }

  /** The same in nobody's hands, to be tried at {@code due}. */
  public JournalEntry resting(int tries, Instant due, Optional<String> why) {
    var changed = new Draft(this);
    changed.attempts = tries;
    changed.dueAt = due;
    changed.reason = why;
    changed.lease = Optional.empty();
    return changed.entry();
  }

  /** The same with another reason why it is not done. */
  public JournalEntry because(Optional<String> why) {
    var changed = new Draft(this);
    changed.reason = why;
    return changed.entry();
  }

  /** The same with nothing left but to wait for something until {@code due}. */
  public JournalEntry waiting(Instant due, Optional<String> why) {
    var changed = new Draft(this);
    changed.offBoarding = false;
    changed.attempts = 0;
    changed.dueAt = due;
    changed.reason = why;
    changed.lease = Optional.empty();
    return changed.entry();
  }

  /** The same with nothing left but what waits for a person, or for a request that names it. */
  public JournalEntry resting(Optional<String> why) {
    return waiting(NEVER, why);
  }

  /** Whether it waits for a person, or a request, and for nothing else. */
  public boolean rests() {
    return !dueAt.isBefore(NEVER);
  }

  /** The same, resting until the call given up at {@code at} cannot act any more. */
  public JournalEntry givenUp(Instant at, Duration quietTime) {
    var changed = new Draft(this);
    changed.givenUpAt = Optional.of(at);
    changed.dueAt = at.plus(quietTime).plus(offBoarding ? Duration.ZERO : GRACE);
    return changed.entry();
  }

  /** The same with other secrets to be set. */
  public JournalEntry with(SecretSlot slot) {
    var changed = new Draft(this);
    changed.secrets = slot;
    return changed.entry();
  }

  /** An entry of which something is being changed; the entry's name, tenant and age stay. */
  private static final class Draft {
    private final JournalEntry from;
    private Optional<ObjectNode> wish;
    private long wishSeq;
    private Direction direction;
    private long baseVersion;
    private String source;
    private boolean offBoarding;
    private Set<PbxField> blocked;
    private Optional<String> reason;
    private Optional<Instant> givenUpAt;
    private int attempts;
    private Instant dueAt;
    private Optional<Lease> lease;
    private SecretSlot secrets;

    private Draft(JournalEntry from) {
      this.from = from;
      this.wish = from.wish;
      this.wishSeq = from.wishSeq;
      this.direction = from.direction;
      this.baseVersion = from.baseVersion;
      this.source = from.source;
      this.offBoarding = from.offBoarding;
      this.blocked = from.blocked;
      this.reason = from.reason;
      this.givenUpAt = from.givenUpAt;
      this.attempts = from.attempts;
      this.dueAt = from.dueAt;
      this.lease = from.lease;
      this.secrets = from.secrets;
    }

    private JournalEntry entry() {
      return new JournalEntry(
          from.entryId,
          from.tenant,
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
          from.openedAt,
          secrets);
    }
  }
}
