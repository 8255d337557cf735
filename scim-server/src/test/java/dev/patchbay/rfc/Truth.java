package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a resource is what {@link Declared} says of its kind. */
final class Truth {
  /** What every resource has without a schema saying so (RFC 7643 §3.1). */
  private static final Map<String, String> COMMON = Map.of("id", "string", "externalId", "string");

  private static final Map<String, String> META =
      Map.of(
          "resourceType", "string",
          "created", "dateTime",
          "lastModified", "dateTime",
          "location", "reference",
          "version", "string");

  private static final Pattern DATE_TIME =
      Pattern.compile("-?\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private final Declared declared;
  private final JsonNode resource;
  private final List<String> problems = new ArrayList<>();

  Truth(Declared declared, JsonNode resource) {
    this.declared = declared;
    this.resource = resource;
  }

  /** What is returned and not declared, or not as declared; nothing if all is well. */
  List<String> problems() {
    var schemas = Declared.stream(resource.path("schemas")).map(JsonNode::asText).toList();
    if (schemas.isEmpty() || new HashSet<>(schemas).size() < schemas.size()) {
      problems.add("schemas are " + schemas);
    }
    Stream.concat(
            schemas.stream().filter(declared.types()::containsKey),
            schemas.stream().filter(declared.schemas()::containsKey))
        .findFirst()
        .ifPresent(this::check);
    return problems;
  }

  private void check(String core) {
    var extensions = declared.extensions(core);
    for (var field : resource.properties()) {
      var name = field.getKey();
      if (extensions.contains(name)) {
        checkAll(name, declared.attributes(name), field.getValue());
        require(contains(resource.path("schemas"), name), name, "is not among the schemas");
      } else if (name.equals("meta")) {
        META.forEach((sub, type) -> checkValue("meta." + sub, type, field.getValue().get(sub)));
        field.getValue().fieldNames().forEachRemaining(it -> require(META.containsKey(it), it, ""));
      } else if (COMMON.containsKey(name)) {
        checkValue(name, COMMON.get(name), field.getValue());
      } else if (!name.equals("schemas")) {
        checkOne(name, declared.attribute(core, name), field.getValue());
      }
    }
    for (JsonNode urn : resource.path("schemas")) {
      var known = urn.asText().equals(core) || extensions.contains(urn.asText());
      require(known, urn.asText(), "is no schema of this type");
    }
  }

  private void checkAll(String container, List<JsonNode> attributes, JsonNode object) {
    for (var field : object.properties()) {
      var attribute =
          attributes.stream()
              .filter(it -> it.path("name").asText().equals(field.getKey()))
              .findFirst();
      checkOne(container + ":" + field.getKey(), attribute, field.getValue());
    }
  }

  private void checkOne(String name, Optional<JsonNode> attribute, JsonNode value) {
    if (attribute.isEmpty()) {
      // The schema of schemas describes itself, and so ends a level before its own description.
      require(name.endsWith("subAttributes:subAttributes"), name, "is not declared");
      return;
    }
    var traits = attribute.get();
    require(!traits.path("returned").asText().equals("never"), name, "is never returned");
    var plural = traits.path("multiValued").asBoolean();
    require(value.isArray() == plural, name, "is one or many against its declaration");
    var elements = plural ? Declared.stream(value).toList() : List.of(value);
    for (JsonNode element : elements) {
      if (traits.path("type").asText().equals("complex")) {
        require(element.isObject(), name, "is no object");
        checkAll(name, Declared.stream(traits.path("subAttributes")).toList(), element);
      } else {
        checkValue(name, traits.path("type").asText(), element);
      }
    }
    checkElements(name, elements);
  }

  private void checkElements(String name, List<JsonNode> elements) {
    var primary = elements.stream().filter(it -> it.path("primary").asBoolean()).count();
    require(primary <= 1, name, "has more than one primary element");
    Set<String> seen = new HashSet<>();
    for (JsonNode element : elements) {
      var same = element.path("type").asText() + " " + element.path("value").asText();
      require(!element.has("value") || seen.add(same), name, "has an element twice: " + same);
    }
  }

  private void checkValue(String name, String type, JsonNode value) {
    if (value != null) { // meta may be returned in part
      require(!value.isNull() && isOf(type, value), name, "is no " + type + " but " + value);
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "decimal" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "dateTime" -> value.isTextual() && DATE_TIME.matcher(value.asText()).matches();
      case "reference" -> value.isTextual() && isUri(value.asText());
      case "binary" -> value.isTextual() && isBase64(value.asText());
      default -> false;
    };
  }

  private static boolean isUri(String text) {
    try {
      return !URI.create(text).toString().isEmpty();
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private static boolean contains(JsonNode array, String text) {
    return Stream.of(array).flatMap(Declared::stream).anyMatch(it -> it.asText().equals(text));
  }

  private void require(boolean holds, String name, String otherwise) {
    if (!holds) {
      problems.add(name + " " + otherwise);
    }
  }
}
