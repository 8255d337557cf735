package dev.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a JSON answer holds what a scenario names; {@code resources/idp/README.md} says how. */
final class Expectation {
  private static final String MORE = "...";

  private Expectation() {}

  /** What is missing, and where; empty when all is there. */
  static Optional<String> missing(JsonNode expected, JsonNode actual) {
    return missing("", expected, actual);
  }

  private static Optional<String> missing(String at, JsonNode expected, JsonNode actual) {
    if (expected.isNull()) {
      return isNothing(actual) ? Optional.empty() : said(at, "nothing", actual);
    }
    if (expected.isObject()) {
      return expected.properties().stream()
          .flatMap(
              each ->
                  missing(at + "/" + each.getKey(), each.getValue(), actual.path(each.getKey()))
                      .stream())
          .findFirst();
    }
    if (expected.isArray()) {
      return missingOfArray(at, expected, actual);
    }
    return matches(expected, actual) ? Optional.empty() : said(at, expected.toString(), actual);
  }

  private static boolean isNothing(JsonNode actual) {
    return actual.isMissingNode()
        || actual.isNull()
        || (actual.isContainerNode() && actual.isEmpty());
  }

  private static Optional<String> missingOfArray(String at, JsonNode expected, JsonNode actual) {
    List<JsonNode> wanted = Stream.of(expected).flatMap(JsonNode::valueStream).toList();
    boolean more = !wanted.isEmpty() && wanted.getLast().asText().equals(MORE);
    List<JsonNode> needed = more ? wanted.subList(0, wanted.size() - 1) : wanted;
    if (!actual.isArray() || (!more && actual.size() != needed.size())) {
      return said(at, expected.toString(), actual);
    }
    var left = new ArrayList<JsonNode>();
    actual.forEach(left::add);
    for (JsonNode each : needed) {
      Optional<JsonNode> found =
          left.stream().filter(one -> missing(at, each, one).isEmpty()).findFirst();
      if (found.isEmpty()) {
        return said(at, each.toString(), actual);
      }
      left.remove(found.get());
    }
    return Optional.empty();
  }

  private static boolean matches(JsonNode expected, JsonNode actual) {
    String text = expected.asText();
    return switch (text) {
      case "<string>" -> actual.isTextual();
      case "<number>" -> actual.isNumber();
      case "<boolean>" -> actual.isBoolean();
      default ->
          text.startsWith("~")
              ? actual.isTextual()
                  && Pattern.compile(text.substring(1)).matcher(actual.asText()).find()
              : expected.equals(actual);
    };
  }

  private static Optional<String> said(String at, String expected, JsonNode actual) {
    return Optional.of("%s should be %s, was %s".formatted(at, expected, actual));
  }
}
