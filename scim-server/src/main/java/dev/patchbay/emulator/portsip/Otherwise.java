package dev.patchbay.emulator.portsip;

import java.util.Locale;

/** What the vendor does not say, and a PortSIP may do in another way than the usual one. */
public enum Otherwise {
  /** Taking out who is no member is 204; usually 404. */
  ABSENT_MEMBER_OK,
  /** Taking out who is no member is 400; usually 404. */
  ABSENT_MEMBER_400,
  /** 401, 403 and 404 come without a body; usually with the vendor's errors. */
  BARE_REFUSALS,
  /** 401, 403 and 404 come with a web page. */
  HTML_REFUSALS,
  /** 401, 403 and 404 come with JSON that is not the vendor's. */
  OTHER_REFUSALS,
  /** 429 does not say when to come back; usually it does. */
  NO_RETRY_AFTER,
  /** {@code null} in an update counts as left out; usually it clears the field. */
  NULL_KEEPS,
  /** Binding the same Microsoft id again is a refusal; usually 200. */
  BIND_TWICE_REFUSED,
  /** Binding while bound to another Microsoft id takes its place; usually a refusal. */
  BIND_REPLACES,
  /** Unbinding who is not bound is 204; usually 404. */
  UNBOUND_OK,
  /** Unbinding who is not bound is 400; usually 404. */
  UNBOUND_400,
  /** Destroying a user leaves the Microsoft id taken; usually it is free. */
  BINDINGS_STAY,
  /** Destroying a user leaves the number in its groups; usually it leaves them. */
  MEMBERSHIPS_STAY,
  /** A role that users have can be destroyed; usually a refusal. */
  ROLE_IN_USE_GOES,
  /** Roles are told apart without regard to case; usually with it. */
  ROLES_IN_ANY_CASE,
  /** Two groups may have one name; usually a refusal. */
  GROUP_NAMES_SHARED,
  /** User names may have letters of any script; usually of ASCII alone. */
  NAMES_OF_ANY_LETTER,
  /** A PIN must not hold three descending digits either. */
  NO_DESCENDING_PINS,
  /** A quote in a filter's text ends it; usually a doubled one stands for one. */
  QUOTES_END_TEXTS,
  /** A user may have the number of a queue or ring group; usually a refusal. */
  NUMBERS_SHARED;

  /** As a command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
