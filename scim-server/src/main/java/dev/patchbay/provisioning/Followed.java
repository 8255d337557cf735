package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a target has followed one entry.
 *
 * @param name under which it was made there
 * @param innerId its id there, once known
 * @param version of the entry as it was accepted there; 0: never
 * @param life the entry's, then
 * @param tried the version last tried; negative: secrets that came with it were refused
 * @param reason why it is not synced
 * @param dueAt when to look again
 * @param secrets sealed ones that are still to be set there
 */
record Followed(
    String entryId,
    EntryType type,
    String target,
    String name,
    Optional<String> innerId,
    long version,
    String life,
    long tried,
    Report.State state,
    Optional<String> reason,
    Instant dueAt,
    Optional<String> secrets) {

  /** Of what is looked at again when the entry changes, or is gone. */
  static final Instant NOT_DUE = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** Of what is looked at again when the target's own work on it has ended. */
  static final Instant WAITS = NOT_DUE.minusMillis(1);

  /** Nothing was begun. */
  static Followed not(EntryType type, String entryId, String target) {
    return new Followed(
        entryId,
        type,
        target,
        "",
        Optional.empty(),
        0,
        "",
        0,
        Report.State.PENDING,
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty());
  }

  /** Whether the target has the entry as it is, and nothing is left to be done there. */
  boolean upTo(Entry entry) {
    return accepted(entry) && state == Report.State.SYNCED;
  }

  /**
   * Whether the target took the entry as it is, be it done there or not. Secrets of who is not to
   * be there wait until they are.
   */
  boolean accepted(Entry entry) {
    boolean took = secrets.isEmpty() || innerId.isEmpty();
    return version == entry.version() && life.equals(word(entry)) && took;
  }

  /** Whether somebody who is known there is as the entry says. */
  boolean has(Entry entry) {
    return innerId.isPresent() && accepted(entry);
  }

  private static String word(Entry entry) {
    return entry.life().name().toLowerCase(Locale.ROOT);
  }

  /** How it stands with the entry as it is. */
  Report.State stateOf(Entry entry) {
    boolean told = accepted(entry) || (state == Report.State.BLOCKED && tried == entry.version());
    return told ? state : Report.State.PENDING;
  }

  /** Whether the two say the same, whenever they are to be looked at again. */
  boolean says(Followed other) {
    return standing(state, reason, other.dueAt).equals(other);
  }

  Followed begun(String as) {
    return new Followed(
        entryId, type, target, as, innerId, version, life, tried, state, reason, dueAt, secrets);
  }

  Followed of(Optional<String> inner) {
    return new Followed(
        entryId, type, target, name, inner, version, life, tried, state, reason, dueAt, secrets);
  }

  /** The target accepted the entry as it is, its secrets included. */
  Followed accepting(Entry entry) {
    return new Followed(
        entryId,
        type,
        target,
        name,
        innerId,
        entry.version(),
        word(entry),
        entry.version(),
        state,
        reason,
        dueAt,
        Optional.empty());
  }

  Followed standing(Report.State now, Optional<String> why, Instant due) {
    return new Followed(
        entryId, type, target, name, innerId, version, life, tried, now, why, due, secrets);
  }

  /** The target has the entry as it is but for secrets of it, which it refused. */
  boolean lacksSecrets(Entry entry) {
    return accepted(entry) && tried == -version;
  }

  /** Until the next version. */
  Followed lackingSecrets(String why) {
    return tried(-version).standing(Report.State.BLOCKED, Optional.of(why), NOT_DUE);
  }

  /** It was refused: the version is not accepted. */
  Followed tried(long attempted) {
    return new Followed(
        entryId, type, target, name, innerId, version, life, attempted, state, reason, dueAt,
        secrets);
  }

  Followed withSecrets(Optional<String> sealed) {
    return new Followed(
        entryId, type, target, name, innerId, version, life, tried, state, reason, dueAt, sealed);
  }
}
