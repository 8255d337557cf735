package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Attribute.Returned;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Schema;
import dev.patchbay.schema.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which attributes an answer has: {@code attributes} and {@code excludedAttributes} of RFC 7644
 * §3.9, and each attribute's {@code returned}. Unknown names ask for nothing.
 */
public final class Projection {
  private static final String PARKED = ResourceTypes.PBX_GROUP + ":parkedMembers";

  private final ResourceType type;
  private final Optional<Set<String>> asked;
  private final Set<String> excluded;

  private Projection(ResourceType type, Optional<Set<String>> asked, Set<String> excluded) {
    this.type = type;
    this.asked = asked;
    this.excluded = excluded;
  }

  /**
   * What a request asks for.
   *
   * @param attributes names as sent, in any case, with or without URN; none means the default set
   * @param excluded names to leave out of it
   */
  public static Projection of(ResourceType type, List<String> attributes, List<String> excluded) {
    var named = attributes.stream().map(String::strip).filter(it -> !it.isEmpty()).toList();
    var left = labels(type, excluded);
    if (left.contains("members")) {
      left.add(PARKED); // who does not want to hear of 100,000 members means these, too
    }
    return new Projection(
        type, named.isEmpty() ? Optional.empty() : Optional.of(labels(type, named)), left);
  }

  /** Whether nothing is asked for or left out, so that the stored default rendering will do. */
  public boolean isDefault() {
    return asked.isEmpty() && excluded.isEmpty();
  }

  /** Whether an attribute such as {@code members} is part of the answer, and so must be read. */
  public boolean wants(String attribute) {
    return AttributePath.parse(attribute)
        .flatMap(type::find)
        .filter(it -> includes(it.attribute(), it.label()))
        .isPresent();
  }

  /** A copy of {@code resource} with what the answer has of it. */
  public ObjectNode apply(ObjectNode resource) {
    var result = JsonNodeFactory.instance.objectNode();
    for (var field : resource.properties()) {
      var schema = type.extension(field.getKey());
      if (schema.isPresent()) {
        copyExtension(schema.get(), field.getValue(), result);
      } else {
        copy(field.getKey(), Optional.empty(), field.getValue(), result);
      }
    }
    return result;
  }

  private void copyExtension(Schema schema, JsonNode content, ObjectNode into) {
    var part = JsonNodeFactory.instance.objectNode();
    for (var field : content.properties()) {
      copy(field.getKey(), Optional.of(schema), field.getValue(), part);
    }
    if (!part.isEmpty()) {
      into.set(schema.urn(), part);
    }
  }

  private void copy(String name, Optional<Schema> schema, JsonNode value, ObjectNode into) {
    type.find(new AttributePath(schema.map(Schema::urn), name, Optional.empty()))
        .filter(it -> includes(it.attribute(), it.label()))
        .map(it -> part(it, value))
        .filter(it -> !it.isContainerNode() || !it.isEmpty() || value.isEmpty())
        .ifPresent(it -> into.set(name, it));
  }

  /** Of a complex value the sub-attributes that are wanted. */
  private JsonNode part(Target target, JsonNode value) {
    if (value instanceof ArrayNode array) {
      var list = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(it -> list.add(part(target, it)));
      return list;
    }
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    var part = JsonNodeFactory.instance.objectNode();
    for (Attribute sub : target.attribute().subAttributes()) {
      JsonNode it = object.get(sub.name());
      if (it != null && includesSub(sub, target.label())) {
        part.set(sub.name(), it);
      }
    }
    return part;
  }

  private boolean includes(Attribute attribute, String label) {
    return switch (attribute.traits().returned()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case REQUEST -> asked.filter(it -> namesPartOf(it, label)).isPresent();
      case DEFAULT ->
          !excluded.contains(label) && asked.map(it -> namesPartOf(it, label)).orElse(true);
    };
  }

  private boolean includesSub(Attribute sub, String label) {
    var own = label + "." + sub.name();
    var whole = asked.map(it -> it.contains(label)).orElse(true);
    var named = asked.filter(it -> it.contains(own)).isPresent();
    return switch (sub.traits().returned()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case REQUEST -> named;
      case DEFAULT -> !excluded.contains(own) && (whole || named);
    };
  }

  private static boolean namesPartOf(Set<String> names, String label) {
    return names.contains(label) || names.stream().anyMatch(it -> it.startsWith(label + "."));
  }

  /** The names in the schema's spelling; the URN of an extension stands for all it has. */
  private static Set<String> labels(ResourceType type, List<String> names) {
    var labels = new HashSet<String>();
    for (String name : names) {
      var schema = type.schema(name.strip());
      if (schema.isPresent()) {
        labels.addAll(labels(type, schema.get()));
      } else {
        AttributePath.parse(name.strip())
            .flatMap(type::find)
            .map(Target::label)
            .ifPresent(labels::add);
      }
    }
    return labels;
  }

  private static Set<String> labels(ResourceType type, Schema schema) {
    return schema.attributes().stream()
        .filter(it -> it.traits().returned() != Returned.REQUEST)
        .map(it -> AttributePath.of(it.name()))
        .map(it -> new AttributePath(Optional.of(schema.urn()), it.name(), it.sub()))
        .flatMap(it -> type.find(it).stream())
        .map(Target::label)
        .collect(Collectors.toSet());
  }
}
