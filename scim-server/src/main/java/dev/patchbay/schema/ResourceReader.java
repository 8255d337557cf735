package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.SchemaExtension.WhenUnmentioned;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body of a POST or PUT by the schema: names in the schema's spelling, unassigned and
 * read-only content left out, what the schema does not know ignored or refused, as the sender is.
 * Attributes kept as rows, such as {@code members}, are not part of the result. Secrets are: take
 * them out with {@link WriteOnly#take} before anything is stored.
 */
public final class ResourceReader {
  private final ResourceType type;
  private final IdentityProvider idp;
  private final ValueReader values;
  private final SchemasCheck schemas;
  private final Impossible impossible;

  /** As the other, of requests that are done or refused as a whole. */
  public ResourceReader(ResourceType type, IdentityProvider idp) {
    this(type, idp, Impossible.REFUSED);
  }

  /**
   * @param idp whose ways of writing are taken
   */
  public ResourceReader(ResourceType type, IdentityProvider idp, Impossible impossible) {
    this.impossible = impossible;
    this.type = type;
    this.idp = idp;
    this.values = new ValueReader(idp);
    this.schemas = new SchemasCheck(type, idp);
  }

  /**
   * What a POST asks for.
   *
   * @throws Refusal {@code INVALID_SYNTAX} if it is no object or of another schema, {@code
   *     TOO_LARGE}, {@code INVALID_VALUE} naming the attribute otherwise
   */
  public ObjectNode read(JsonNode body) {
    if (!(body instanceof ObjectNode object)) {
      throw new Refusal(Kind.INVALID_SYNTAX, "the body must be a JSON object");
    }
    schemas.check(object);
    var resource = JsonNodeFactory.instance.objectNode();
    readCore(object, resource, new ResourceEditor(resource, idp));
    requireRequired(resource);
    ResourceSize.check(resource);
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

  private void readCore(ObjectNode from, ObjectNode into, ResourceEditor paths) {
    for (var field : from.properties()) {
      var key = field.getKey();
      var own = type.core().attribute(key);
      var attribute = own.isPresent() ? own : CommonAttributes.named(key);
      if (attribute.isPresent()) {
        readAttribute(attribute.get(), field.getValue(), attribute.get().name(), into);
      } else if (type.schema(key).isPresent()) {
        readSchema(type.schema(key).get(), field.getValue(), into, paths);
      } else if (schemas.isStranger(key)) {
        NotOffered.refusal(type, key, field.getValue()).ifPresent(impossible::found);
      } else {
        readPath(key, key, field.getValue(), paths);
      }
    }
  }

  private void readSchema(Schema schema, JsonNode raw, ObjectNode into, ResourceEditor paths) {
    if (raw.isNull()) {
      return;
    }
    if (!(raw instanceof ObjectNode content)) {
      throw ValueReader.invalid(schema.urn(), "must be an object");
    }
    boolean core = schema.equals(type.core());
    var holder = core ? into : into.withObjectProperty(schema.urn());
    for (var field : content.properties()) {
      var key = field.getKey();
      var attribute = schema.attribute(key);
      if (attribute.isPresent()) {
        readAttribute(attribute.get(), field.getValue(), label(schema, attribute.get()), holder);
      } else {
        readPath(key, schema.urn() + ":" + key, field.getValue(), paths);
      }
    }
    if (!core && holder.isEmpty()) {
      into.remove(schema.urn());
    }
  }

  /** A key that is a path, such as {@code urn:…:User:extensionNumber}: what PATCH takes, too. */
  private void readPath(String key, String whole, JsonNode raw, ResourceEditor paths) {
    var path =
        AttributePath.isName(key) || !key.contains("[")
            ? AttributePath.parse(whole).map(it -> new PatchPath(it, Optional.empty()))
            : Optional.of(PatchPath.parse(whole));
    var target = path.flatMap(it -> type.find(it.attribute()));
    if (AttributePath.isName(key) || target.isEmpty()) {
      values.refuseUnknown(whole);
      NotOffered.refusal(type, whole, raw).ifPresent(impossible::found);
    } else if (!idp.forgives(Leniency.PATH_KEYS)) {
      throw new Refusal(Kind.INVALID_SYNTAX, Refusal.quoted(key) + " is a path; a key is a name");
    } else if (!target.get().isReadOnly() && !type.inRows(target.get())) {
      paths.add(target.get(), path.orElseThrow().filter(), raw);
    }
  }

  private String label(Schema schema, Attribute attribute) {
    return schema.equals(type.core()) ? attribute.name() : schema.urn() + ":" + attribute.name();
  }

  private void readAttribute(Attribute attribute, JsonNode raw, String label, ObjectNode into) {
    if (attribute.isReadOnly() || type.rows().contains(label)) {
      return;
    }
    values.read(attribute, raw, label).ifPresent(value -> into.set(attribute.name(), value));
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

  /** In {@code schemas}, as a key, or as the beginning of one. */
  private static boolean mentions(JsonNode body, String urn) {
    for (var field : body.properties()) {
      var key = field.getKey();
      boolean within = key.length() > urn.length() && key.charAt(urn.length()) == ':';
      if (key.equalsIgnoreCase(urn)
          || (within && key.regionMatches(true, 0, urn, 0, urn.length()))) {
        return true;
      }
    }
    for (JsonNode schema : Fields.find(body, "schemas").orElseGet(MissingNode::getInstance)) {
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
      if (fixed && !has.isMissingNode() && !attribute.sameValue(had, has)) {
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
