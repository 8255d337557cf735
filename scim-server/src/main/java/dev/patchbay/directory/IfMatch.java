package dev.patchbay.directory;

import java.util.Arrays;
import java.util.Optional;

/**
 * The precondition of a write (RFC 9110 §13.1.1 as RFC 7644 §3.14 uses it). Tags are compared by
 * what is between the quotes: SCIM clients send our weak tags back.
 */
public sealed interface IfMatch {

  /** Whether a resource at {@code version} may be written. */
  boolean matches(long version);

  /** No precondition, or {@code *}, which any existing resource meets. */
  record Any() implements IfMatch {
    @Override
    public boolean matches(long version) {
      return true;
    }
  }

  /** One of the listed tags, as they were sent. */
  record OneOf(String header) implements IfMatch {
    @Override
    public boolean matches(long version) {
      var wanted = Long.toString(version);
      return Arrays.stream(header.split(","))
          .map(String::strip)
          .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
          .anyMatch(tag -> tag.equals("\"" + wanted + "\"") || tag.equals(wanted));
    }
  }

  /** Reads an {@code If-Match} header. */
  static IfMatch of(Optional<String> header) {
    return header
        .map(String::strip)
        .filter(text -> !text.equals("*"))
        .<IfMatch>map(OneOf::new)
        .orElseGet(Any::new);
  }
}
