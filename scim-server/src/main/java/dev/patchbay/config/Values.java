package dev.patchbay.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to types; each throws {@link IllegalArgumentException} for any other text. */
final class Values {
  static final String URL = "an http or https URL such as https://pbx.example.com:8887";
  static final String DURATION = "a duration such as 30s, 5m, PT1H or P30D";

  /** Stands in for a URL already complained of; by RFC 2606 it leads nowhere. */
  static final URI NOWHERE = URI.create("http://nowhere.invalid");

  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Values() {}

  static URI url(String text) {
    URI uri = URI.create(text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean plain = uri.getUserInfo() == null && uri.getQuery() == null;
    if (!web || uri.getHost() == null || !plain || uri.getFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }

  static Duration duration(String text) {
    Duration duration = parse(text);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  static Duration duration(String text, Duration min, Duration max) {
    Duration duration = duration(text);
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  private static Duration parse(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static int integer(String text, int min, int max) {
    int number = Integer.parseInt(text);
    if (number < min || number > max) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static List<String> words(List<? extends Enum<?>> constants) {
    return constants.stream().map(Values::word).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Forgives the spelling of other files and of the command line: {@code generateIfWeak}. */
  static <E extends Enum<E>> E constant(String text, List<E> constants) {
    String wanted = letters(text);
    return constants.stream()
        .filter(constant -> letters(constant.name()).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String letters(String text) {
    return text.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  static String word(String text, Set<String> words) {
    String wanted = letters(text);
    return words.stream()
        .filter(word -> letters(word).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }
}
