package dev.patchbay.mapping;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a person's calls go: each element of {@code forwarding} is a rule, and a field. */
final class ForwardingRules {
  private static final String NO_ANSWER = "noanswer";
  private static final Set<String> ACTIONS =
      Set.of("FORWARD_TO_NUMBER", "FORWARD_TO_VOICEMAIL", "HANGUP", "RING_ANYWAY");

  /** The field of each type, as {@code available.nonOffice}; case does not count. */
  static final Map<String, PbxField> TYPES = types();

  private ForwardingRules() {}

  private static Map<String, PbxField> types() {
    var types = new TreeMap<String, PbxField>(String.CASE_INSENSITIVE_ORDER);
    for (PbxField field :
        EnumSet.range(PbxField.FORWARD_AVAILABLE_OFFICE, PbxField.FORWARD_OFFLINE_NON_OFFICE)) {
      var words = field.name().substring("FORWARD_".length()).split("_", 2);
      types.put((words[0] + "." + words[1].replace("_", "")).toLowerCase(Locale.ROOT), field);
    }
    return Collections.unmodifiableMap(types);
  }

  /** The rule of this type, if there is one; refused if any rule is none at all. */
  static Optional<String> text(ScimUser user, String type) {
    Optional<String> rule = Optional.empty();
    for (JsonNode element : user.json().path(ResourceTypes.PBX_USER).path("forwarding")) {
      if (!TYPES.containsKey(element.path("type").asText())) {
        throw ProfileFields.invalid("forwarding.type", "one of " + spelled());
      }
      if (element.path("type").asText().equalsIgnoreCase(type)) {
        if (rule.isPresent()) {
          throw ProfileFields.invalid("forwarding", "one rule of each type");
        }
        rule = Optional.of(rule(element, type));
      }
    }
    return rule;
  }

  private static String spelled() {
    return String.join(
        ", ",
        TYPES.keySet().stream()
            .map(it -> it.replace("nonoffice", "nonOffice").replace(NO_ANSWER, "noAnswer"))
            .toList());
  }

  private static String rule(JsonNode element, String type) {
    String action = element.path("action").asText().toUpperCase(Locale.ROOT);
    boolean noAnswer = type.endsWith(NO_ANSWER);
    var actions = ACTIONS.stream().sorted().collect(toCollection(ArrayList::new));
    if (noAnswer || Stream.of("available.", "busy.").noneMatch(type::startsWith)) {
      actions.remove("RING_ANYWAY");
    }
    if (!actions.contains(action)) {
      throw ProfileFields.invalid(
          "forwarding.action", "one of " + String.join(", ", actions) + " for " + type);
    }
    ObjectNode rule = Json.object().put("action", action);
    if (action.equals("FORWARD_TO_NUMBER")) {
      rule.put("number", number(element));
    }
    if (noAnswer) {
      rule.put("timeout", timeout(element));
    } else if (element.hasNonNull("timeout")) {
      throw ProfileFields.invalid("forwarding.timeout", "absent but for noAnswer");
    }
    return rule.toString();
  }

  private static String number(JsonNode element) {
    return ScimUser.text(element.path("number"))
        .orElseThrow(() -> ProfileFields.invalid("forwarding.number", "given to forward to it"));
  }

  /** PortSIP's own, where none is given. */
  private static int timeout(JsonNode element) {
    int seconds = element.path("timeout").asInt(60);
    if (seconds < 0 || seconds > 86_400) {
      throw ProfileFields.invalid("forwarding.timeout", "0 to 86400 seconds");
    }
    return seconds;
  }
}
