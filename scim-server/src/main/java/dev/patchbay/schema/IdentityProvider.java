package dev.patchbay.schema;

import java.util.Set;

/**
 * Who uses a token: says which forms beyond the RFCs are taken from it. Those that are not here
 * need none.
 */
public enum IdentityProvider {
  /** Anybody: every form that can mean one thing only. */
  AUTO(Leniency.values()),
  /** To the letter: what is not of the RFCs, or would be lost, is refused. */
  GENERIC,
  ENTRA(
      Leniency.OP_CASE,
      Leniency.UNKNOWN_SCHEMAS,
      Leniency.UNDECLARED_EXTENSIONS,
      Leniency.UNKNOWN_ATTRIBUTES,
      Leniency.TEXT_BOOLEANS,
      Leniency.PATH_KEYS,
      Leniency.ABSENT_ELEMENTS,
      Leniency.EMPTY_TEXT,
      Leniency.BARE_VALUES,
      Leniency.LIST_OF_ONE,
      Leniency.REMOVE_BY_VALUE,
      Leniency.NO_URN),
  OKTA(
      Leniency.NO_SCHEMAS,
      Leniency.UNKNOWN_SCHEMAS,
      Leniency.UNDECLARED_EXTENSIONS,
      Leniency.UNKNOWN_ATTRIBUTES,
      Leniency.READ_ONLY_IN_VALUE,
      Leniency.PATH_KEYS),
  /** Its bodies come from templates that administrators edit. */
  ONELOGIN(
      Leniency.NO_SCHEMAS,
      Leniency.UNKNOWN_SCHEMAS,
      Leniency.UNDECLARED_EXTENSIONS,
      Leniency.UNKNOWN_ATTRIBUTES),
  JUMPCLOUD(Leniency.REMOVE_BY_VALUE),
  /** Tools that feed AWS, and what is made like them. */
  AWS(Leniency.REMOVE_BY_VALUE),
  AUTHENTIK(Leniency.READ_ONLY_IN_VALUE, Leniency.REMOVE_BY_VALUE);

  @SuppressWarnings("ImmutableEnumChecker") // the checker does not know that Set.of is immutable
  private final Set<Leniency> forgiven;

  IdentityProvider(Leniency... forgiven) {
    this.forgiven = Set.of(forgiven);
  }

  public boolean forgives(Leniency form) {
    return forgiven.contains(form);
  }
}
