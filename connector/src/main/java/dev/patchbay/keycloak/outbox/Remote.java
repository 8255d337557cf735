package dev.patchbay.keycloak.outbox;

/**
 * What a target is known to hold for a user or group.
 *
 * @param item the user's or group's id in Keycloak
 * @param remoteId its id there
 * @param name what it was last called there
 * @param hash of what was last sent; {@link #AGAIN} if that is to be sent again, {@link #GONE} if
 *     the target was told all there is to tell about one who is gone
 * @param active whether it was last sent as active
 * @param note what the target said it could not do, although it took the resource
 */
public record Remote(
    String item, String remoteId, String name, String hash, boolean active, String note) {
  public static final String GONE = "gone";
  public static final String AGAIN = "again";

  public boolean gone() {
    return hash.equals(GONE);
  }

  public Remote withHash(String other) {
    return new Remote(item, remoteId, name, other, active, note);
  }
}
