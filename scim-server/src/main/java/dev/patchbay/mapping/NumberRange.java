package dev.patchbay.mapping;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extension numbers of one width, both ends included. Numbers are text: {@code 0100} and {@code
 * 100} are two extensions.
 */
public record NumberRange(String first, String last) {
  /** What a message says was expected. */
  static final String FORM =
      "a number or range of 3 to 64 digits, the lower end first and both of one width, such as"
          + " 1000-1999 or 0100-0199";

  /** Shorter numbers first, then by digits: the order in which a pool hands them out. */
  public static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final Pattern TEXT = Pattern.compile("([0-9]{3,64})(?:-([0-9]{3,64}))?");

  public NumberRange {
    if (first.length() != last.length() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "a range needs two ends of one width, the lower first, was " + first + "-" + last);
    }
  }

  /** {@code 1000-1999}, or {@code 555} for one number. */
  static NumberRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    String first = matcher.group(1);
    return new NumberRange(first, matcher.group(2) == null ? first : matcher.group(2));
  }

  public boolean contains(String number) {
    return ORDER.compare(first, number) <= 0 && ORDER.compare(number, last) <= 0;
  }

  boolean overlaps(NumberRange other) {
    return contains(other.first) || other.contains(first);
  }

  @Override
  public String toString() {
    return first.equals(last) ? first : first + "-" + last;
  }
}
