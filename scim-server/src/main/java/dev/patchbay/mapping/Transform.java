package dev.patchbay.mapping;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One step that makes another text of a text; pure, and linear in its length. */
sealed interface Transform {

  String of(String text);

  /**
   * Every part that matches becomes another text.
   *
   * @param pattern of RE2, which never backtracks: no pattern of a configuration and no value of an
   *     identity provider makes it slow
   * @param with text with {@code $1} and so on for the pattern's groups
   */
  record Replace(Pattern pattern, String with) implements Transform {
    private static final java.util.regex.Pattern GROUP =
        java.util.regex.Pattern.compile("\\$([0-9]?)");

    private static final java.util.regex.Pattern COUNT =
        java.util.regex.Pattern.compile("([0-9]{1,9})}");

    private static final long MOST_COUNTED = 1000;

    /** What a message says was expected of {@link #pattern}. */
    static final String FORM =
        "a regular expression of RE2 (no look-around, no back-references), 500 characters at most";

    // A page of regular expression is no setting; RE2 unfolds what it counts.
    private static final int LONGEST = 500;

    public Replace {
      with = with.replace("\\", "\\\\");
      int groups = pattern.groupCount();
      GROUP
          .matcher(with)
          .results()
          .map(found -> found.group(1))
          .filter(number -> number.isEmpty() || Integer.parseInt(number) > groups)
          .findFirst()
          .ifPresent(
              number -> {
                throw new IllegalArgumentException(
                    "has $" + number + ", and the pattern " + groups + " groups");
              });
    }

    /** Throws {@link IllegalArgumentException} for what is none, or needs backtracking. */
    static Pattern pattern(String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("too long");
      }
      try {
        requireSmall(text);
        return Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(e);
      }
    }

    /** Counts are unfolded: those within others multiply. */
    private static void requireSmall(String text) {
      long states = 1;
      for (var count : COUNT.matcher(text).results().toList()) {
        states *= Math.max(1, Integer.parseInt(count.group(1)));
        if (states > MOST_COUNTED) {
          throw new IllegalArgumentException("counts too far");
        }
      }
    }

    @Override
    public String of(String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.replaceAll(with);
    }
  }

  /** Capitals become small letters. */
  record LowerCase() implements Transform {
    @Override
    public String of(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One text stands for another, in any case.
   *
   * @param other what stands for a text that is not in it; empty: it stays as it is
   */
  record Table(Map<String, String> entries, Optional<String> other) implements Transform {
    public Table {
      var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      sorted.putAll(entries);
      entries = Collections.unmodifiableMap(sorted);
    }

    @Override
    public String of(String text) {
      return Optional.ofNullable(entries.get(text)).or(() -> other).orElse(text);
    }
  }

  /** Only the first characters stay. */
  record Cut(int length) implements Transform {
    @Override
    public String of(String text) {
      if (text.length() <= length) {
        return text;
      }
      // Half of a surrogate pair is no character.
      int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
      return text.substring(0, end).strip();
    }
  }
}
