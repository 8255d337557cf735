package dev.patchbay.emulator.ipcortex;

/**
 * What the vendor does not say, to be tried both ways.
 *
 * @param failStatus the HTTP status of a refusal: 200 or 400
 * @param keyPlace where an "Auth Key" is looked for
 * @param ended what a session that has ended gets
 * @param counts what {@code numrows} of an update counts
 * @param nobody what a change, or a read, of a user gets that is not there
 * @param empty what an empty text makes of a column
 * @param names which characters user names and real names may have
 * @param reach whom an account without rights may change
 */
public record Undocumented(
    int failStatus,
    KeyPlace keyPlace,
    Ended ended,
    Counts counts,
    Nobody nobody,
    Empty empty,
    Names names,
    Reach reach) {
  /** Where an "Auth Key" is looked for. */
  public enum KeyPlace {
    /** The member {@code auth} of the body. */
    BODY,
    /** The header {@code Authorization}, as a bearer token. */
    BEARER
  }

  /** What a session that has ended gets. */
  public enum Ended {
    /** A refusal like any other. */
    FAIL,
    /** HTTP status 401. */
    UNAUTHORIZED,
    /** HTTP status 403. */
    FORBIDDEN
  }

  /** What {@code numrows} of an update counts. */
  public enum Counts {
    /** The users in scope. */
    MATCHED,
    /** Those of them that are different now. */
    CHANGED
  }

  /** What a change of a user gets that is not there. */
  public enum Nobody {
    /** A success of no rows. */
    ZERO,
    /** A refusal. */
    FAIL,
    /** A refusal, and so is a read that finds nobody. */
    FAIL_READS
  }

  /** What an empty text makes of a column. */
  public enum Empty {
    CLEARS,
    /** As {@code null} does. */
    KEEPS
  }

  /** Which characters user names and real names may have. */
  public enum Names {
    ANY,
    /** In real names those of a company's name, and no {@code @} in user names. */
    COMPANY
  }

  /** Whom an account without rights may change. */
  public enum Reach {
    EVERYBODY,
    /** Nobody but itself, and so no user of the emulator. */
    ITSELF
  }

  public Undocumented {
    if (failStatus != 200 && failStatus != 400) {
      throw new IllegalArgumentException("failStatus must be 200 or 400, was " + failStatus);
    }
  }

  static Undocumented usual() {
    return new Undocumented(
        200,
        KeyPlace.BODY,
        Ended.FAIL,
        Counts.MATCHED,
        Nobody.ZERO,
        Empty.CLEARS,
        Names.ANY,
        Reach.ITSELF);
  }

  public Undocumented withFailStatus(int status) {
    return new Undocumented(status, keyPlace, ended, counts, nobody, empty, names, reach);
  }

  public Undocumented with(KeyPlace changed) {
    return new Undocumented(failStatus, changed, ended, counts, nobody, empty, names, reach);
  }

  public Undocumented with(Ended changed) {
    return new Undocumented(failStatus, keyPlace, changed, counts, nobody, empty, names, reach);
  }

  public Undocumented with(Counts changed) {
    return new Undocumented(failStatus, keyPlace, ended, changed, nobody, empty, names, reach);
  }

  public Undocumented with(Nobody changed) {
    return new Undocumented(failStatus, keyPlace, ended, counts, changed, empty, names, reach);
  }

  public Undocumented with(Empty changed) {
    return new Undocumented(failStatus, keyPlace, ended, counts, nobody, changed, names, reach);
  }

  public Undocumented with(Names changed) {
    return new Undocumented(failStatus, keyPlace, ended, counts, nobody, empty, changed, reach);
  }

  public Undocumented with(Reach changed) {
    return new Undocumented(failStatus, keyPlace, ended, counts, nobody, empty, names, changed);
  }
}
