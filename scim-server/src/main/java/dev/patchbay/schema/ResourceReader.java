package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.SchemaExtension.WhenUnmentioned;
import java.util.List;

/**
 * Reads the body of a POST or PUT by the schema: names in the schema's spelling, unassigned and
 * read-only content left out, what the schema does not know ignored. Attributes kept as rows, such
 * as {@code members}, are not part of the result. Secrets are: take them out with {@link
 * WriteOnly#take} before anything is stored.
 */
public final class ResourceReader {
  private final ResourceType type;

  public ResourceReader(ResourceType type) {
    this.type = type;
  }

  /**
   * What a POST asks for.
   *
   * @throws Refusal {@code INVALID_SYNTAX} if it is no object, {@code INVALID_VALUE} naming the
   *     attribute otherwise
   */
  public ObjectNode read(JsonNode body) {
    if (!(body instanceof ObjectNode object)) {
      throw new Refusal(Kind.INVALID_SYNTAX, "the body must be a JSON object");
    }
    var resource = JsonNodeFactory.instance.objectNode();
    readCore(object, resource);
    requireRequired(resource);
    type.declareSchemas(resource);
    return resource;
  }

  /**
   * What {@code base} becomes by a PUT (RFC 7644 §3.5.1): what is not in the body is cleared,
   * except what the sender cannot write or does not know.
   *
   * @throws Refusal as {@link #read}, and {@code MUTABILITY} for another value of an immutable
   *     attribute
   */
  public ObjectNode replace(ObjectNode base, JsonNode body) {
    var next = read(body);
    keepUnwritable(base, next, CommonAttributes.ALL, "");
    keepUnwritable(base, next, type.core().attributes(), "");
    for (SchemaExtension extension : type.extensions()) {
      keepExtension(extension, base, next, body);
    }
    type.declareSchemas(next);
    return next;
  }

  private void readCore(ObjectNode from, ObjectNode into) {
    for (var field : from.properties()) {
      var key = field.getKey();
      var own = type.core().attribute(key);
      var attribute = own.isPresent() ? own : CommonAttributes.named(key);
      if (attribute.isPresent()) {
        readAttribute(attribute.get(), field.getValue(), attribute.get().name(), into);
      } else if (type.schema(key).isPresent()) {
        readSchema(type.schema(key).get(), field.getValue(), into);
      } else {
        readPath(key, field.getValue(), into);
      }
    }
  }

  /** A key that is a path, such as {@code urn:…:User:extensionNumber}: what PATCH takes, too. */
  private void readPath(String key, JsonNode raw, ObjectNode into) {
    var path = AttributePath.parse(key).filter(it -> it.urn().isPresent() || it.sub().isPresent());
    var target = path.flatMap(type::find);
    if (target.isEmpty()) {
      return;
    }
    var extension = target.get().extension();
    var holder = extension.isPresent() ? into.withObjectProperty(extension.get().urn()) : into;
    var attribute = target.get().attribute();
    var value = raw;
    if (target.get().sub().isPresent()) {
      var before = holder.path(attribute.name());
      var whole =
          before.isObject() ? before.<ObjectNode>deepCopy() : JsonNodeFactory.instance.objectNode();
      value = whole.set(target.get().sub().get().name(), raw);
    }
    readAttribute(attribute, value, target.get().label(), holder);
    if (extension.isPresent() && holder.isEmpty()) {
      into.remove(extension.get().urn());
    }
  }

  private void readSchema(Schema schema, JsonNode raw, ObjectNode into) {
    if (raw.isNull()) {
      return;
    }
    if (!(raw instanceof ObjectNode content)) {
      throw ValueReader.invalid(schema.urn(), "must be an object");
    }
    boolean core = schema.equals(type.core());
    var holder = core ? into : JsonNodeFactory.instance.objectNode();
    for (var field : content.properties()) {
      schema
          .attribute(field.getKey())
          .ifPresent(it -> readAttribute(it, field.getValue(), label(schema, it), holder));
    }
    if (!core && !holder.isEmpty()) {
      into.set(schema.urn(), holder);
    }
  }

  private String label(Schema schema, Attribute attribute) {
    return schema.equals(type.core()) ? attribute.name() : schema.urn() + ":" + attribute.name();
  }

  private void readAttribute(Attribute attribute, JsonNode raw, String label, ObjectNode into) {
    if (attribute.isReadOnly() || type.rows().contains(label)) {
      return;
    }
    ValueReader.read(attribute, raw, label).ifPresent(value -> into.set(attribute.name(), value));
  }

  private void requireRequired(ObjectNode resource) {
    for (Attribute attribute : type.core().attributes()) {
      if (attribute.traits().required() && resource.path(attribute.name()).asText().isBlank()) {
        throw ValueReader.invalid(attribute.name(), "is required");
      }
    }
  }

  private static void keepExtension(
      SchemaExtension extension, ObjectNode base, ObjectNode next, JsonNode body) {
    var urn = extension.schema().urn();
    if (!(base.path(urn) instanceof ObjectNode before)) {
      return;
    }
    if (extension.whenUnmentioned() == WhenUnmentioned.KEEP && !mentions(body, urn)) {
      next.set(urn, before.deepCopy());
      return;
    }
    var after =
        next.path(urn) instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
    keepUnwritable(before, after, extension.schema().attributes(), urn + ":");
    if (!after.isEmpty()) {
      next.set(urn, after);
    }
  }

  private static boolean mentions(JsonNode body, String urn) {
    for (var field : body.properties()) {
      if (field.getKey().equalsIgnoreCase(urn)) {
        return true;
      }
    }
    for (JsonNode schema : body.path("schemas")) {
      if (schema.asText().equalsIgnoreCase(urn)) {
        return true;
      }
    }
    return false;
  }

  private static void keepUnwritable(
      ObjectNode before, ObjectNode after, List<Attribute> attributes, String prefix) {
    for (Attribute attribute : attributes) {
      JsonNode had = before.path(attribute.name());
      JsonNode has = after.path(attribute.name());
      if (had.isMissingNode()) {
        continue;
      }
      boolean fixed = attribute.traits().mutability() == Mutability.IMMUTABLE;
      if (fixed && !has.isMissingNode() && !has.equals(had)) {
        throw new Refusal(Kind.MUTABILITY, "'" + prefix + attribute.name() + "' cannot be changed");
      }
      if (fixed || attribute.isReadOnly() || has.equals(writablePart(attribute, had))) {
        after.set(attribute.name(), had.deepCopy());
      }
    }
  }

  /** The value without sub-attributes that only this server writes. */
  private static JsonNode writablePart(Attribute attribute, JsonNode value) {
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    var part = object.deepCopy();
    attribute.subAttributes().stream()
        .filter(Attribute::isReadOnly)
        .forEach(sub -> part.remove(sub.name()));
    return part;
  }
}
