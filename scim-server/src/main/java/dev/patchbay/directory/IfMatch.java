package dev.patchbay.directory;

import java.util.Arrays;
import java.util.Optional;

/**
 * The precondition of a request (RFC 9110 §13.1 as RFC 7644 §3.14 uses it). Tags are compared by
 * what is between the quotes: SCIM clients send our weak tags back.
 */
public sealed interface IfMatch {

  /** Whether a resource at {@code version} meets it. */
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

  /** None of the listed tags, or {@code *}, which no existing resource meets. */
  record NoneOf(IfMatch listed) implements IfMatch {
    @Override
    public boolean matches(long version) {
      return !listed.matches(version);
    }
  }

  /** Both an {@code If-Match} and an {@code If-None-Match} header. */
  record Both(IfMatch one, IfMatch other) implements IfMatch {
    @Override
    public boolean matches(long version) {
      return one.matches(version) && other.matches(version);
    }
  }

  /** Reads an {@code If-Match} and an {@code If-None-Match} header. */
  static IfMatch of(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
    return ifNoneMatch.isEmpty() ? of(ifMatch) : new Both(of(ifMatch), noneOf(ifNoneMatch));
  }

  /** Reads an {@code If-None-Match} header. */
  static IfMatch noneOf(Optional<String> header) {
    return header.isEmpty() ? new Any() : new NoneOf(of(header));
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
