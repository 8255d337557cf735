package dev.patchbay.emulator.portsip;

/**
 * What the vendor does not say, to be tried both ways.
 *
 * @param updateMode what an update makes of fields it does not name
 * @param duplicateStatus 400 or 409: the status of a name or number that is taken
 * @param memberAddTwice what adding a present member gets
 */
public record Undocumented(
    UpdateMode updateMode, int duplicateStatus, MemberAddTwice memberAddTwice) {
  /** What adding a present member gets. */
  public enum MemberAddTwice {
    OK,
    REFUSED
  }

  public Undocumented {
    if (duplicateStatus != 400 && duplicateStatus != 409) {
      throw new IllegalArgumentException(
          "duplicateStatus must be 400 or 409, was " + duplicateStatus);
    }
  }

  static Undocumented usual() {
    return new Undocumented(UpdateMode.MERGE, 400, MemberAddTwice.OK);
  }

  /** The refusal of something another has. */
  ApiError duplicate(String message) {
    String code = duplicateStatus == 409 ? "CONFLICT" : "VALIDATE_FAILED";
    return new ApiError(duplicateStatus, code, message);
  }
}
