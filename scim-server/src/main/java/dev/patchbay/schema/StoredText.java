package dev.patchbay.schema;

/** What every store we use can hold as text. */
public final class StoredText {
  private StoredText() {}

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
