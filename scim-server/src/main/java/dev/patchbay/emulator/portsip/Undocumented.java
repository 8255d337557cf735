package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What the vendor does not say, to be tried both ways.
 *
 * @param updateMode what an update makes of fields it does not name
 * @param duplicateStatus 400 or 409: the status of a name or number that is taken
 * @param memberAddTwice what adding a present member gets
 * @param roleGivenBy by what a user's role is named where roles have an id
 * @param otherwise what else is not as usual
 */
public record Undocumented(
    UpdateMode updateMode,
    int duplicateStatus,
    MemberAddTwice memberAddTwice,
    RoleGivenBy roleGivenBy,
    Set<Otherwise> otherwise) {
  /** What adding a present member gets. */
  public enum MemberAddTwice {
    OK,
    REFUSED
  }

  /** By what a user's role is named. */
  public enum RoleGivenBy {
    NAME,
    ID
  }

  public Undocumented {
    otherwise = Set.copyOf(otherwise);
    if (duplicateStatus != 400 && duplicateStatus != 409) {
      throw new IllegalArgumentException(
          "duplicateStatus must be 400 or 409, was " + duplicateStatus);
    }
  }

  static Undocumented usual() {
    return new Undocumented(UpdateMode.MERGE, 400, MemberAddTwice.OK, RoleGivenBy.NAME, Set.of());
  }

  Undocumented with(UpdateMode mode) {
    return new Undocumented(mode, duplicateStatus, memberAddTwice, roleGivenBy, otherwise);
  }

  Undocumented withDuplicateStatus(int status) {
    return new Undocumented(updateMode, status, memberAddTwice, roleGivenBy, otherwise);
  }

  Undocumented with(MemberAddTwice answer) {
    return new Undocumented(updateMode, duplicateStatus, answer, roleGivenBy, otherwise);
  }

  Undocumented with(RoleGivenBy key) {
    return new Undocumented(updateMode, duplicateStatus, memberAddTwice, key, otherwise);
  }

  Undocumented with(Set<Otherwise> different) {
    return new Undocumented(updateMode, duplicateStatus, memberAddTwice, roleGivenBy, different);
  }

  boolean is(Otherwise different) {
    return otherwise.contains(different);
  }

  /** What an update heeds of its body: null may count as left out. */
  ObjectNode heeded(ObjectNode body) {
    if (is(Otherwise.NULL_KEEPS)) {
      body.properties().removeIf(field -> field.getValue().isNull());
    }
    return body;
  }

  /** The refusal of something another has. */
  ApiError duplicate(String message) {
    String code = duplicateStatus == 409 ? "CONFLICT" : "VALIDATE_FAILED";
    return new ApiError(duplicateStatus, code, message);
  }
}
