package dev.patchbay.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The open work on one entry; see docs/explanation/write-protocol.md.
 *
 * @param wish the resource the PBX is being driven to; empty when it is to be deleted
 * @param wishSeq moves when a newer wish joins, so that a running plan stops and plans again
 * @param baseVersion the version the wish was made from, which If-Match may still name
 * @param source the token whose wish it is
 * @param offBoarding whether something is to be taken away: claimed before everything else
 * @param blocked fields given up until a request names them or an operator retries
 * @param reason the last refusal or outage, without secrets
 * @param givenUpAt when the last call without an answer was given up
 * @param dueAt when to try again
 * @param lease who works on it and until when
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
    Instant openedAt) {

  /** A claim on the entry by one process. */
  public record Lease(String owner, Instant until) {}

  public JournalEntry {
    blocked = Set.copyOf(blocked);
  }
}
