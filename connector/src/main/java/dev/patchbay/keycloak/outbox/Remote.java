package dev.patchbay.keycloak.outbox;

/**
 * What a target is known to hold for a user or group.
 *
 * @param item the user's or group's id in Keycloak
 * @param remoteId its id there; empty while nobody knows whether the request that makes it was
 *     answered
 * @param name what it was last called there
 * @param email it was last sent with, in lower case; empty for groups and where there was none
 * @param hash of what was last sent; {@link #AGAIN} if that is to be sent again, {@link #GONE} if
 *     the target was told all there is to tell about one who is gone
 * @param active whether it was last sent as active
 * @param note what the target said it could not do, although it took the resource
 */
public record Remote(
    String item,
    String remoteId,
    String name,
    String email,
    String hash,
    boolean active,
    String note) {
  public static final String GONE = "gone";
  public static final String AGAIN = "again";

  public boolean gone() {
    return hash.equals(GONE);
  }

  /** Whether the target may hold it, or may not. */
  public boolean unanswered() {
    return remoteId.isEmpty();
  }

  public Remote withRemoteId(String other) {
    return new Remote(item, other, name, email, hash, active, note);
  }

  /** The same account, of another user. */
  public Remote of(String other) {
    return new Remote(other, remoteId, name, email, hash, true, "");
  }

  public Remote withHash(String other) {
    return new Remote(item, remoteId, name, email, other, active, note);
  }
}
