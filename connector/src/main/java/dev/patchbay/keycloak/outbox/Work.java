package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change.Kind;

/**
 * A user or group whose state is to be sent.
 *
 * @param revision grows with each change, so that one that comes while it is being sent is not lost
 * @param since when the oldest change was made that is not sent yet, in milliseconds since 1970
 * @param attempts how often the target failed at it or refused it
 */
public record Work(
    Kind kind,
    String item,
    long revision,
    long since,
    int attempts,
    State state,
    String lastError) {
  /** The reason of one that was sent, and is to be looked at once more. */
  public static final String SECOND_LOOK = "looked at once more: LDAP may have been written later";

  /** What becomes of it next. */
  public enum State {
    /** Sent as soon as it is due. */
    READY,
    /** Given up until an administrator looks, or it changes. */
    BLOCKED,
    /** Would take somebody away, among so many that an administrator has to say so. */
    HELD,
    /** Held, but it changed: is sent unless it would still take somebody away. */
    HELD_CHANGED
  }
}
