package dev.patchbay.directory;

/**
 * One member row: a user in a group.
 *
 * @param pbxKey the extension the membership is planned for, or the name of who has none
 * @param desired what reads show
 * @param wish what the group's open journal entry wants
 * @param applied what the PBX is known to hold
 * @param maybe whether {@code applied} is in doubt
 */
public record Membership(
    String groupId,
    String userId,
    String pbxKey,
    boolean desired,
    boolean wish,
    boolean applied,
    boolean maybe) {

  /** Whether the PBX provably is as wished. */
  public boolean holdsWish() {
    return !maybe && applied == wish;
  }

  /** Whether nothing is open about this row. */
  public boolean synced() {
    return !maybe && applied == desired && wish == desired;
  }

  public Membership wishing(boolean wanted) {
    return new Membership(groupId, userId, pbxKey, desired, wanted, applied, maybe);
  }

  public Membership desiring(boolean wanted) {
    return new Membership(groupId, userId, pbxKey, wanted, wish, applied, maybe);
  }

  public Membership known(boolean held) {
    return new Membership(groupId, userId, pbxKey, desired, wish, held, false);
  }

  public Membership doubtful() {
    return new Membership(groupId, userId, pbxKey, desired, wish, applied, true);
  }
}
