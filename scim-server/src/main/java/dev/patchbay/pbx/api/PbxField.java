package dev.patchbay.pbx.api;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

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
  CUSTOM_DATE_4,
  // What follows down to LOCALE yields.
  /** A switch, as {@link #ENABLED}; so is every other one whose form is not said. */
  RECORD_AUDIO,
  RECORD_VIDEO,
  DO_NOT_DISTURB,
  AUTOMATIC_CALLBACK,
  HOT_DESKING,
  VOICEMAIL_PIN_REQUIRED,
  /** An e-mail for each voice message. */
  VOICEMAIL_NOTIFY,
  /** The message goes with the e-mail. */
  VOICEMAIL_ATTACH,
  /** The message is deleted once it was sent. */
  VOICEMAIL_DELETE,
  /** The language of the announcements: a BCP 47 tag. */
  VOICEMAIL_LANGUAGE,
  /** Whether date and time are announced: {@code DISABLE} or a clock in the vendor's words. */
  VOICEMAIL_TIME,
  /** As {@code Europe/Berlin}. */
  TIME_ZONE,
  /**
   * Numbers shown to those who are called: a JSON array of objects with {@code provider}, {@code
   * value}, {@code preferred} and {@code description}.
   */
  OUTBOUND_CALLER_IDS,
  /**
   * A JSON object: {@code mode} is {@code GLOBAL} or {@code CUSTOM}; with the latter each day such
   * as {@code monday} has an array of ranges such as {@code 09:00-17:00}.
   */
  OFFICE_HOURS,
  /**
   * What becomes of a call in a presence and at a time: a JSON object with {@code action} and,
   * where it has them, {@code number} and {@code timeout} in seconds.
   */
  FORWARD_AVAILABLE_OFFICE,
  FORWARD_AVAILABLE_NON_OFFICE,
  FORWARD_AVAILABLE_NO_ANSWER,
  FORWARD_BUSY_OFFICE,
  FORWARD_BUSY_NON_OFFICE,
  FORWARD_BUSY_NO_ANSWER,
  FORWARD_DND_OFFICE,
  FORWARD_DND_NON_OFFICE,
  FORWARD_AWAY_OFFICE,
  FORWARD_AWAY_NON_OFFICE,
  FORWARD_LUNCH_OFFICE,
  FORWARD_LUNCH_NON_OFFICE,
  FORWARD_TRIP_OFFICE,
  FORWARD_TRIP_NON_OFFICE,
  FORWARD_OFFLINE_OFFICE,
  FORWARD_OFFLINE_NON_OFFICE,
  /** Who may send text messages, in the vendor's words. */
  SMS,
  ANONYMOUS_OUTBOUND,
  DELIVER_CALLER_ID,
  /** The network interface that phones register at, in the vendor's words. */
  SIP_INTERFACE,
  PREFERRED_TRANSPORT,
  /**
   * The lamps of a phone: a JSON array of objects with {@code key}, {@code value}, {@code
   * firstName} and {@code lastName}.
   */
  BLFS,
  /** JSON that only the vendor knows the meaning of. */
  CUSTOM_OPTIONS,
  CAN_FORWARD,
  XMPP_ADD,
  XMPP_AUTH,
  /** A number in the vendor's meaning. */
  WEBRTC,
  /** A number in the vendor's meaning. */
  TEAMS,
  EMAIL_RECORDINGS,
  DELETE_RECORDINGS,
  STORE_RECORDINGS,
  LINKABLE,
  /** Where calls go while somebody is away. */
  VACATION_NUMBER,
  /** Which calls go there, in the vendor's words. */
  VACATION_MODE,
  /** The desk phone that is the user's, as the phone system writes it: one. */
  OWNED_PHONE,
  /** Whether the account takes one of the phone system's licences. */
  LICENSED,
  /** The machine the user's phone runs on. */
  PHONE_HOST,
  /** The one address that the user may sign in from. */
  IP_ADDRESS,
  /** The language of what the user sees: a BCP 47 tag. */
  LOCALE,
  // What follows does not yield.
  /** The phones a user has: {@link PbxParts}, by MAC address. */
  PHONES,
  /** Keys that dial a number: {@link PbxParts}, by list and code. */
  SPEED_DIALS,
  /** Phone lines that ring a user or that he calls by: {@link PbxParts}, by the line's id. */
  LINES;

  private static final Set<PbxField> YIELDING =
      Collections.unmodifiableSet(EnumSet.range(RECORD_AUDIO, LOCALE));

  /**
   * Whether the field is the user's own while the directory says nothing of it: people forward
   * their calls on the phone itself. It is then neither set nor compared. Once the directory wanted
   * a value and no longer does, the field is made blank, and is the user's own again.
   */
  public boolean yields() {
    return YIELDING.contains(this);
  }

  /** Those whose value is {@link PbxParts}, each part of which has calls of its own. */
  public static final Set<PbxField> PARTS =
      Collections.unmodifiableSet(EnumSet.of(PHONES, SPEED_DIALS, LINES));

  /** Whether two values, each of which may be none, say the same. */
  public boolean same(Optional<String> one, Optional<String> other) {
    return one.equals(other) || (PARTS.contains(this) && PbxParts.of(one).same(PbxParts.of(other)));
  }
}
