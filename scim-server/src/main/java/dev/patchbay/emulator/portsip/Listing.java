package dev.patchbay.emulator.portsip;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list that can be filtered, searched, ordered and paged.
 *
 * @param table holds a row each, with the resource in {@code body} and its age in {@code seq}
 * @param fields the fields that can be filtered and ordered by
 * @param columns those of them that have a column; the others are read from the body
 * @param searched the fields free text is looked for in
 */
record Listing(
    String table, List<String> fields, Map<String, String> columns, List<String> searched) {

  /** The SQL of a field; empty if lists do not have it. */
  Optional<String> sql(String field) {
    return fields.contains(field) ? Optional.of(expression(field)) : Optional.empty();
  }

  private String expression(String field) {
    String column = columns.get(field);
    // The words of the index on e-mail; SQLite uses it for the same words only.
    return column == null ? "json_extract(body, '$." + field + "')" : column;
  }
}
