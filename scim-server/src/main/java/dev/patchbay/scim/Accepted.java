package dev.patchbay.scim;

import dev.patchbay.web.WebRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a sender takes JSON, which is all there is (RFC 7644 §3.8). A request that does not say,
 * or says it in a way nobody can read, takes anything (RFC 9110 §12.5.1).
 */
final class Accepted {
  /** Far above what any client sends. */
  private static final int MAX_RANGES = 100;

  private Accepted() {}

  /** Nothing in the answer is of a type the sender takes. */
  static final class NotAcceptable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAcceptable() {
      super("answers are application/scim+json, which Accept leaves out", null, false, false);
    }
  }

  /**
   * Refuses what could only be answered in a form the sender does not take. A DELETE is answered
   * without a body, and a leaver must not stay because of a header.
   */
  static void require(WebRequest request) {
    var ranges = ranges(request.header("Accept").orElse(""));
    boolean wanted =
        ranges.isEmpty()
            || Stream.of("application/scim+json", "application/json")
                .anyMatch(type -> takes(ranges, type));
    if (!wanted && !request.method().equals("DELETE")) {
      throw new NotAcceptable();
    }
  }

  /** A media range, {@code *} standing for anything. */
  private record Range(String type, boolean refused) {
    boolean covers(String other) {
      return type.equals("*/*")
          || type.equals(other)
          || (type.endsWith("/*") && other.startsWith(type.substring(0, type.length() - 1)));
    }

    /** The longer it is, the more it says of one type. */
    int precision() {
      return type.length() - (type.endsWith("*") ? 1000 : 0);
    }
  }

  private static List<Range> ranges(String header) {
    return Stream.of(header.toLowerCase(Locale.ROOT).split(",", MAX_RANGES))
        .flatMap(it -> range(it).stream())
        .toList();
  }

  private static Optional<Range> range(String text) {
    var parts = text.split(";");
    var type = parts.length == 0 ? "" : parts[0].strip();
    boolean refused =
        Stream.of(parts).skip(1).map(String::strip).anyMatch(it -> it.matches("q=0(\\.0*)?"));
    return type.indexOf('/') > 0 ? Optional.of(new Range(type, refused)) : Optional.empty();
  }

  private static boolean takes(List<Range> ranges, String type) {
    return ranges.stream()
        .filter(it -> it.covers(type))
        .max(Comparator.comparingInt(Range::precision))
        .filter(it -> !it.refused())
        .isPresent();
  }
}
