package dev.patchbay.keycloak.change;

/**
 * Something of a realm that may have changed. It says where to look, never what is there now: an
 * event tells what was asked for, and the state is read when it is sent.
 *
 * @param key the user's or group's id; {@link #ALL} where nobody is named
 */
public record Change(Kind kind, String key, Urgency urgency) {
  public static final String ALL = "*";

  /** What goes first while there is much to send. */
  public enum Urgency {
    /** Somebody seems to leave. */
    LEAVER(0),
    EVENT(1),
    /** Found by comparing everything. */
    COMPARED(2);

    private final int rank;

    Urgency(int rank) {
      this.rank = rank;
    }

    /** The less, the sooner; how it is stored. */
    public int rank() {
      return rank;
    }

    /** The one with this rank. */
    public static Urgency ofRank(long rank) {
      return rank == LEAVER.rank ? LEAVER : rank == EVENT.rank ? EVENT : COMPARED;
    }
  }

  /** What to look at. */
  public enum Kind {
    /** One user: profile, state, roles, links and the groups it is in. */
    USER,
    /** One group: its name, its place, whether it is there at all. */
    GROUP,
    /**
     * All members of a group and of the groups below it, whose effective roles may have changed.
     */
    MEMBERS,
    /** Whoever's effective roles or place in a group changed, since an event does not tell who. */
    ROLES,
    /** All users and groups, since an event does not tell which of them. */
    EVERYONE
  }

  public static Change user(String id) {
    return new Change(Kind.USER, id, Urgency.EVENT);
  }

  /** A user who was deleted or disabled, as far as the event tells. */
  public static Change leaver(String id) {
    return new Change(Kind.USER, id, Urgency.LEAVER);
  }

  public static Change group(String id) {
    return new Change(Kind.GROUP, id, Urgency.EVENT);
  }

  public static Change members(String groupId) {
    return new Change(Kind.MEMBERS, groupId, Urgency.EVENT);
  }

  public static Change roles() {
    return new Change(Kind.ROLES, ALL, Urgency.EVENT);
  }

  public static Change everyone() {
    return new Change(Kind.EVERYONE, ALL, Urgency.EVENT);
  }
}
