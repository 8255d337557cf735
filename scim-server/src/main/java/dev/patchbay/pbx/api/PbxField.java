package dev.patchbay.pbx.api;

/**
 * One value of a user, group or role that a phone system holds and can give back. All values are
 * text: a number keeps its leading zeros, a switch is {@code true} or {@code false}.
 */
public enum PbxField {
  /** The user's, group's or role's name on the PBX. */
  NAME,
  EXTENSION,
  DISPLAY_NAME,
  GIVEN_NAME,
  FAMILY_NAME,
  EMAIL,
  /** {@code true} or {@code false}. */
  ENABLED,
  /** The name of the one role a user has. */
  ROLE,
  WORK_PHONE,
  MOBILE_PHONE,
  HOME_PHONE,
  ADDRESS,
  DEPARTMENT,
  /** The company or branch of the phone system that the user belongs to. */
  COMPANY,
  /**
   * Licences and features the user may use, in the phone system's words: in order, a space between.
   */
  ENTITLEMENTS,
  /** The bound Microsoft 365 user: object id or principal name; absent when unbound. */
  MICROSOFT365,
  /** A group's or role's description. */
  DESCRIPTION,
  /** What a role allows: names in order, a space between. */
  PERMISSIONS
}
