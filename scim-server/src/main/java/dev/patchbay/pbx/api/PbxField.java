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
  PERMISSIONS,
  /** What a vendor lets its customers give a meaning to: a text. */
  CUSTOM_TEXT_1,
  CUSTOM_TEXT_2,
  CUSTOM_TEXT_3,
  CUSTOM_TEXT_4,
  CUSTOM_TEXT_5,
  CUSTOM_TEXT_6,
  CUSTOM_TEXT_7,
  CUSTOM_TEXT_8,
  /** The same as a decimal number. */
  CUSTOM_NUMBER_1,
  CUSTOM_NUMBER_2,
  CUSTOM_NUMBER_3,
  CUSTOM_NUMBER_4,
  /** The same as a day such as {@code 2025-03-01}. */
  CUSTOM_DATE_1,
  CUSTOM_DATE_2,
  CUSTOM_DATE_3,
  CUSTOM_DATE_4
}
