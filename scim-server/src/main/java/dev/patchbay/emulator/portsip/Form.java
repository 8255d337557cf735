package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What values a field takes. */
@FunctionalInterface
interface Form {
  /** The rule the value breaks; empty if none. Never holds the value, which may be a secret. */
  Optional<String> broken(JsonNode value);

  static Form rule(String rule, Predicate<JsonNode> holds) {
    return value -> holds.test(value) ? Optional.empty() : Optional.of(rule);
  }

  static Form anything() {
    return value -> Optional.empty();
  }

  static Form bool() {
    return rule("must be true or false", JsonNode::isBoolean);
  }

  static Form text(int max) {
    return text(0, max);
  }

  static Form text(int min, int max) {
    return rule(
        "must be a string of " + min + " to " + max + " characters",
        value -> value.isTextual() && within(length(value), min, max));
  }

  /** A string of any length that matches the whole expression. */
  static Form matching(String rule, String expression) {
    var pattern = Pattern.compile(expression);
    return rule(rule, value -> value.isTextual() && pattern.matcher(value.textValue()).matches());
  }

  static Form oneOf(String... values) {
    var allowed = List.of(values);
    return rule(
        "must be one of " + String.join(", ", allowed),
        value -> value.isTextual() && allowed.contains(value.textValue()));
  }

  static Form integer(int min, int max) {
    return rule(
        "must be a whole number from " + min + " to " + max,
        value -> value.isInt() && within(value.intValue(), min, max));
  }

  static Form listOf(Form item) {
    return value -> {
      if (!value.isArray()) {
        return Optional.of("must be an array");
      }
      for (int i = 0; i < value.size(); i++) {
        Optional<String> broken = item.broken(value.get(i));
        if (broken.isPresent()) {
          return Optional.of("[" + i + "] " + broken.get());
        }
      }
      return Optional.empty();
    };
  }

  /** An object of these fields, of which some must be there; null is as good as absent. */
  static Form objectOf(Map<String, Form> fields, Set<String> required) {
    return value -> {
      if (!value.isObject()) {
        return Optional.of("must be an object");
      }
      for (String name : required) {
        if (!value.hasNonNull(name)) {
          return Optional.of(name + " is required");
        }
      }
      return value.properties().stream()
          .flatMap(each -> member(fields, each.getKey(), each.getValue()).stream())
          .findFirst();
    };
  }

  private static Optional<String> member(Map<String, Form> fields, String name, JsonNode value) {
    Form form = fields.get(name);
    if (form == null) {
      return Optional.of(name + " is not known");
    }
    return value.isNull()
        ? Optional.empty()
        : form.broken(value).map(rule -> rule.startsWith("[") ? name + rule : name + " " + rule);
  }

  default Form and(Form other) {
    return value -> broken(value).or(() -> other.broken(value));
  }

  private static int length(JsonNode value) {
    String text = value.textValue();
    return text.codePointCount(0, text.length());
  }

  private static boolean within(int number, int min, int max) {
    return number >= min && number <= max;
  }
}
