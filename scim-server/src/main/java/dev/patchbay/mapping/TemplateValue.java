package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.config.Section;
import dev.patchbay.schema.Attribute;
import java.util.List;
import java.util.Optional;

/** Reads the value of one SCIM attribute from settings: what is a list there is a list here. */
final class TemplateValue {
  private static final List<String> HOURS = List.of("officeHours", "officeHoursMode");

  private TemplateValue() {}

  /** The attributes that say one thing together with this one. */
  static List<String> together(String name) {
    return HOURS.contains(name) ? HOURS : List.of(name);
  }

  /** Empty where the settings do not have it. */
  static Optional<JsonNode> read(Section section, Attribute attribute) {
    var name = attribute.name();
    if (!section.has(name)) {
      return Optional.empty();
    }
    if (attribute.type() == Attribute.Type.COMPLEX) {
      return Optional.of(
          attribute.traits().multiValued()
              ? list(section.list(name), attribute)
              : object(held(section.section(name), attribute), attribute));
    }
    return attribute.traits().multiValued()
        ? Optional.of(texts(section.strings(name, List.of())))
        : single(section, attribute);
  }

  private static JsonNode list(List<Section> elements, Attribute attribute) {
    var list = JsonNodeFactory.instance.arrayNode();
    elements.forEach(element -> list.add(object(element, attribute)));
    return list;
  }

  private static JsonNode texts(List<String> texts) {
    var list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  /** The section, after saying which of its keys are no part that the PBX has. */
  private static Section held(Section section, Attribute attribute) {
    var parts = attribute.subAttributes().stream().map(Attribute::name).toList();
    for (String key : section.keys()) {
      if (!parts.contains(key) && section.has(key)) {
        section.rejectWord(key, "a setting that users of this pbx have", key, parts);
      }
    }
    return section;
  }

  private static ObjectNode object(Section section, Attribute attribute) {
    var object = JsonNodeFactory.instance.objectNode();
    for (Attribute sub : attribute.subAttributes()) {
      read(section, sub).ifPresent(value -> object.set(sub.name(), value));
    }
    return object;
  }

  private static Optional<JsonNode> single(Section section, Attribute attribute) {
    var name = attribute.name();
    return switch (attribute.type()) {
      case BOOLEAN -> Optional.of(BooleanNode.valueOf(section.bool(name, false)));
      case INTEGER -> Optional.of(IntNode.valueOf(section.integer(name, 0, 0, Integer.MAX_VALUE)));
      case STRING, DECIMAL, DATE_TIME, BINARY, REFERENCE, COMPLEX ->
          section.optionalString(name).map(TextNode::valueOf);
    };
  }
}
