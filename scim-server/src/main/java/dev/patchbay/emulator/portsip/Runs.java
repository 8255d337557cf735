package dev.patchbay.emulator.portsip;

import java.util.Locale;

/** Runs of 3, which PINs and passwords must not hold. */
final class Runs {
  private Runs() {}

  /** Holds a character 3 times in a row, as in 111. */
  static boolean repeats(String text) {
    return hasRun(text, 0);
  }

  /** Holds 3 ascending digits or letters, as in 123 or aBc. */
  static boolean ascends(String text) {
    return hasRun(text.toLowerCase(Locale.ROOT), 1);
  }

  /** Holds 3 descending digits or letters, as in 321. */
  static boolean descends(String text) {
    return ascends(new StringBuilder(text).reverse().toString());
  }

  private static boolean hasRun(String text, int step) {
    for (int i = 2; i < text.length(); i++) {
      char first = text.charAt(i - 2);
      if (text.charAt(i - 1) == first + step
          && text.charAt(i) == first + 2 * step
          && counts(first, text.charAt(i), step)) {
        return true;
      }
    }
    return false;
  }

  /** Ascending punctuation such as {@code !"#} is no sequence anyone means. */
  private static boolean counts(char first, char last, int step) {
    return step == 0 || (Character.isLetterOrDigit(first) && Character.isLetterOrDigit(last));
  }
}
