package dev.patchbay.keycloak.outbox;

/**
 * A target as the nodes share it.
 *
 * @param owner the node that sends to it; empty if none does
 * @param beat grows as long as that node lives
 * @param leaseMillis how long that number may stand still before another node takes over
 * @param configHash of the settings that the last comparison was asked for with
 */
public record TargetRow(
    String targetId,
    String realmId,
    String owner,
    long beat,
    long leaseMillis,
    String configHash,
    Sync sync,
    Health health) {

  /** How much is compared. */
  public enum SyncKind {
    NONE,
    /** The realm with what the target is known to hold. */
    LOCAL,
    /** That, and what is known with what the target says it holds. */
    FULL;

    public SyncKind and(SyncKind other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /**
   * The comparison of everything.
   *
   * @param asked what shall begin next
   * @param running what began and did not end; times are milliseconds since 1970, 0 is never
   * @param compared how many users and groups were looked at so far
   * @param different how many of them have to be sent
   * @param strangers how many users the target has that did not come from here
   * @param orphans how many it has with the id of a user of Keycloak whom nobody is
   */
  public record Sync(
      SyncKind asked,
      SyncKind running,
      long started,
      long ended,
      long compared,
      long different,
      long strangers,
      long orphans) {}

  /** How sending goes; times are milliseconds since 1970, 0 is never. */
  public record Health(long lastSent, String lastError, long lastErrorAt) {}
}
