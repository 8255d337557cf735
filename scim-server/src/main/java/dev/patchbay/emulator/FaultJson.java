package dev.patchbay.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Fault rules as the control API writes them. */
final class FaultJson {
  private static final Set<String> RULE = Set.of("match", "fault", "times");
  private static final Set<String> MATCH = Set.of("method", "path");

  private FaultJson() {}

  /**
   * The rules of an array such as {@code [{"match":{"path":"/api/users"},"fault":"reset"}]}.
   *
   * @throws IllegalArgumentException saying which rule is wrong and why
   */
  static List<FaultRule> read(JsonNode json) {
    if (!json.isArray()) {
      throw new IllegalArgumentException("faults must be a JSON array");
    }
    var rules = new ArrayList<FaultRule>();
    for (JsonNode each : json) {
      try {
        rules.add(rule(each));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "fault " + rules.size() + ": " + wrong.getMessage(), wrong);
      }
    }
    return rules;
  }

  static ArrayNode write(List<FaultRule> rules) {
    ArrayNode array = Json.array();
    for (FaultRule rule : rules) {
      ObjectNode json = array.addObject();
      ObjectNode match = json.putObject("match");
      rule.method().ifPresent(it -> match.put("method", it));
      rule.path().ifPresent(it -> match.put("path", it.pattern()));
      json.put("fault", rule.fault().text());
      rule.times().ifPresent(it -> json.put("times", it));
    }
    return array;
  }

  private static FaultRule rule(JsonNode json) {
    onlyKeys("a fault", json, RULE);
    JsonNode match = json.path("match");
    if (!match.isMissingNode()) {
      onlyKeys("match", match, MATCH);
    }
    Fault fault = text(json, "fault").map(Fault::parse).orElseThrow(FaultJson::noFault);
    return new FaultRule(
        text(match, "method"), text(match, "path").map(Pattern::compile), fault, times(json));
  }

  private static IllegalArgumentException noFault() {
    return new IllegalArgumentException("fault is missing");
  }

  private static OptionalInt times(JsonNode json) {
    JsonNode times = json.path("times");
    if (times.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!times.isInt()) {
      throw new IllegalArgumentException("times must be a whole number, was " + times);
    }
    return OptionalInt.of(times.intValue());
  }

  private static Optional<String> text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " must be a string, was " + value);
    }
    return Optional.of(value.textValue());
  }

  private static void onlyKeys(String what, JsonNode json, Set<String> keys) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(what + " must be a JSON object");
    }
    for (var field : json.properties()) {
      if (!keys.contains(field.getKey())) {
        throw new IllegalArgumentException(
            what + " has no '" + field.getKey() + "', only " + String.join(", ", sorted(keys)));
      }
    }
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }
}
