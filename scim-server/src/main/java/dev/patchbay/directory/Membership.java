package dev.patchbay.directory;

import dev.patchbay.directory.NestedGroups.Way;

/**
 * One member row: a user in a group.
 *
 * @param pbxKey the extension the membership is planned for, or the name of who has none
 * @param desired whether the user is to be a member, as reads show it
 * @param wish what the group's open journal entry wants
 * @param applied what the PBX is known to hold
 * @param maybe whether {@code applied} is in doubt
 * @param way how the user belongs to it; written when the row is made, then by {@link
 *     NestedGroups#direct}
 */
public record Membership(
    String groupId,
    String userId,
    String pbxKey,
    boolean desired,
    boolean wish,
    boolean applied,
    boolean maybe,
    Way way) {

  /** Of a user who was put there. */
  public Membership(
      String groupId,
      String userId,
      String pbxKey,
      boolean desired,
      boolean wish,
      boolean applied,
      boolean maybe) {
    this(groupId, userId, pbxKey, desired, wish, applied, maybe, Way.DIRECT);
  }

  /** Whether the PBX provably is as wished. */
  public boolean holdsWish() {
    return !maybe && applied == wish;
  }

  /** Whether nothing is open about this row. */
  public boolean synced() {
    return !maybe && applied == desired && wish == desired;
  }

  public Membership wishing(boolean wanted) {
    return new Membership(groupId, userId, pbxKey, desired, wanted, applied, maybe, way);
  }

  public Membership desiring(boolean wanted) {
    return new Membership(groupId, userId, pbxKey, wanted, wish, applied, maybe, way);
  }

  public Membership known(boolean held) {
    return new Membership(groupId, userId, pbxKey, desired, wish, held, false, way);
  }

  public Membership doubtful() {
    return new Membership(groupId, userId, pbxKey, desired, wish, applied, true, way);
  }

  /** Whether the user is to be a member because he was put there. */
  public boolean direct() {
    return way == Way.DIRECT && (desired || wish);
  }
}
