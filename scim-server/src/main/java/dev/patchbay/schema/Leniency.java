package dev.patchbay.schema;

import java.util.Locale;

/**
 * A form of request that RFC 7643 and 7644 do not have and that can mean one thing only. Whoever
 * may not use it is refused; docs/reference/scim.md has how each is taken, and by whom.
 */
public enum Leniency {
  /** {@code "op": "Add"}. */
  OP_CASE,
  /** No {@code schemas} in a body. */
  NO_SCHEMAS,
  /** URNs of schemas that are not served here: in {@code schemas}, as a key, in a path. */
  UNKNOWN_SCHEMAS,
  /** The content of an extension whose URN is not in {@code schemas}. */
  UNDECLARED_EXTENSIONS,
  /** Names that no schema has, in a body. */
  UNKNOWN_ATTRIBUTES,
  /** Read-only attributes in the value of a PATCH operation without path. */
  READ_ONLY_IN_VALUE,
  /** {@code "True"} for {@code true}. */
  TEXT_BOOLEANS,
  /** {@code "name.givenName"} or {@code "urn:…:User:department"} as a key. */
  PATH_KEYS,
  /** A sub-attribute set through a filter that finds nothing: the element is made. */
  ABSENT_ELEMENTS,
  /** {@code ""} for no value. */
  EMPTY_TEXT,
  /** {@code "x"} for {@code {"value": "x"}}. */
  BARE_VALUES,
  /** {@code [{…}]} for the one value of a complex attribute. */
  LIST_OF_ONE,
  /** {@code {…}} for {@code [{…}]}; {@code add} in a PATCH may do so anyway. */
  ONE_FOR_LIST,
  /** {@code remove} with the values to take out beside the path. */
  REMOVE_BY_VALUE,
  /** An extension's attribute without its URN in a path. */
  NO_URN,
  /** {@code "path": ""} for no path. */
  EMPTY_PATH;

  /** As documentation names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
