package dev.patchbay.schema;

/** What every store we use can hold as text. */
public final class StoredText {
  /**
   * Characters of what an index finds: an entry of PostgreSQL's has room for 2,704 bytes, and
   * without regard to case a character may take six.
   */
  public static final int MAX_KEY = 400;

  private static final int REPLACEMENT = 0xFFFD;

  private StoredText() {}

  /** Whether {@link #check} would take it: what it would not take is nowhere to be found. */
  public static boolean fits(String text) {
    return text.codePoints().noneMatch(it -> it == 0 || isHalf(it));
  }

  /** The text with U+FFFD for what cannot be stored: better that than a note that is lost. */
  public static String cleaned(String text) {
    return text.codePoints()
        .map(it -> it == 0 || isHalf(it) ? REPLACEMENT : it)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * The text itself, if it can be stored.
   *
   * @throws IllegalArgumentException for U+0000, which PostgreSQL refuses, and for half of a
   *     surrogate pair, which UTF-8 has no bytes for
   */
  public static String check(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == 0) {
        throw new IllegalArgumentException("text contains U+0000");
      }
      if (Character.isSurrogate(c)) {
        boolean pair = at + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(at + 1));
        if (!pair) {
          throw new IllegalArgumentException("text contains half of a surrogate pair");
        }
        at++;
      }
    }
    return text;
  }
}
