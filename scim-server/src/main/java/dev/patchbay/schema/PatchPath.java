package dev.patchbay.schema;

import java.util.Optional;

/**
 * The {@code path} of a PATCH operation (RFC 7644 §3.5.2): an attribute, and for some elements of a
 * multi-valued one, which. With a filter the sub-attribute behind it is part of {@code attribute}.
 */
public record PatchPath(AttributePath attribute, Optional<Filter> filter) {

  /**
   * The path that {@code text} spells.
   *
   * @throws Refusal {@code INVALID_PATH}, or {@code INVALID_FILTER} for what stands in brackets
   */
  public static PatchPath parse(String text) {
    return FilterParser.parsePath(text);
  }
}
