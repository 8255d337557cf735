package dev.patchbay.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody meant when they mistyped it. */
public final class Nearest {
  private Nearest() {}

  /** {@code , did you mean 'x'?}, or nothing when no word is near. */
  public static String hint(String typed, Collection<String> known) {
    return find(typed, known).map(word -> ", did you mean '" + word + "'?").orElse("");
  }

  private static Optional<String> find(String typed, Collection<String> known) {
    // A third of the letters may be wrong, rounded up: 'prot' finds 'port', 'user' not 'url'.
    int limit = (typed.length() + 2) / 3;
    return known.stream()
        .filter(word -> distance(typed, word) <= limit)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** Letters to change, add or leave out (Levenshtein), without regard to case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
