package dev.patchbay.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an attribute as it is written in a filter, a path or a query parameter: {@code
 * userName}, {@code name.givenName}, {@code urn:…:User:department}. Names keep the case they were
 * written in; {@link ResourceType#find} knows what they mean.
 */
public record AttributePath(Optional<String> urn, String name, Optional<String> sub) {
  private static final Pattern NAME = Pattern.compile("[$A-Za-z][$\\w-]*");
  private static final Pattern URN = Pattern.compile("(?i:urn):[^\\s()\\[\\]\"]+");

  public AttributePath {
    urn.ifPresent(text -> check(URN, text));
    check(NAME, name);
    sub.ifPresent(text -> check(NAME, text));
  }

  private static void check(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("attribute path cannot contain " + Refusal.quoted(text));
    }
  }

  public static AttributePath of(String name) {
    return new AttributePath(Optional.empty(), name, Optional.empty());
  }

  /** Whether {@code text} is a name and nothing more: no URN, no sub-attribute. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The path that {@code text} spells; empty if it spells none. */
  public static Optional<AttributePath> parse(String text) {
    // A URN has dots of its own ("2.0"): only what follows its last colon is name and
    // sub-attribute.
    int colon = text.lastIndexOf(':');
    int dot = text.indexOf('.', colon + 1);
    var urn = colon < 0 ? Optional.<String>empty() : Optional.of(text.substring(0, colon));
    var name = text.substring(colon + 1, dot < 0 ? text.length() : dot);
    var sub = dot < 0 ? Optional.<String>empty() : Optional.of(text.substring(dot + 1));
    boolean good =
        urn.map(it -> URN.matcher(it).matches()).orElse(true)
            && isName(name)
            && sub.map(AttributePath::isName).orElse(true);
    return good ? Optional.of(new AttributePath(urn, name, sub)) : Optional.empty();
  }

  @Override
  public String toString() {
    return urn.map(it -> it + ":").orElse("") + name + sub.map(it -> "." + it).orElse("");
  }
}
