package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.PatchPath;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceEditor;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.Schema;
import dev.patchbay.schema.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a PATCH (RFC 7644 §3.5.2) to a copy of a resource: all of it, or nothing and a refusal.
 *
 * <p>Beyond the RFC it takes what identity providers send: {@code op} in any case, no {@code
 * schemas}, dotted and URN-qualified names as keys of a value without path, read-only content in
 * such a value, lists of members to remove, paths of extensions we do not have.
 */
public final class PatchApplier {
  /** Operations of one request. */
  public static final int MAX_OPERATIONS = 1000;

  private enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  private final ResourceType type;
  private final ObjectNode resource;
  private final ResourceEditor editor;
  private final MemberOperations members = new MemberOperations();

  private PatchApplier(ObjectNode resource, ResourceType type) {
    this.type = type;
    this.resource = resource;
    this.editor = new ResourceEditor(resource);
  }

  /**
   * What a PATCH makes of a resource, and what it changes in the rows of members, in order. The
   * resource may hold secrets: take them out before it is stored.
   */
  public record Patched(ObjectNode resource, List<MemberChange> members) {
    public Patched {
      members = List.copyOf(members);
    }
  }

  /**
   * What {@code body} makes of {@code base}, which stays as it is.
   *
   * @throws Refusal for the first operation that cannot be done
   */
  public static Patched apply(ObjectNode base, JsonNode body, ResourceType type) {
    var operations = operations(body);
    var applier = new PatchApplier(base.deepCopy(), type);
    operations.forEach(applier::apply);
    type.declareSchemas(applier.resource);
    return new Patched(applier.resource, applier.members.changes());
  }

  /**
   * The attributes a PATCH names, whether or not it changes them: labels without sub-attributes.
   *
   * @param body one that {@link #apply} took
   */
  public static Set<String> named(JsonNode body, ResourceType type) {
    var names = new HashSet<String>();
    for (JsonNode operation : operations(body)) {
      var path = path(operation);
      var value = Fields.find(operation, "value");
      if (path.isPresent()) {
        addNames(path.get(), value, type, names);
      } else if (value.isPresent()) {
        value
            .get()
            .properties()
            .forEach(it -> addNames(it.getKey(), Optional.of(it.getValue()), type, names));
      }
    }
    return names;
  }

  private static void addNames(
      String text, Optional<JsonNode> value, ResourceType type, Set<String> names) {
    var schema = type.schema(text);
    if (schema.isPresent()) {
      value.ifPresent(
          content ->
              content
                  .properties()
                  .forEach(
                      it ->
                          addNames(
                              schema.get().urn() + ":" + it.getKey(),
                              Optional.empty(),
                              type,
                              names)));
      return;
    }
    var end = text.indexOf('[');
    AttributePath.parse(end < 0 ? text : text.substring(0, end))
        .map(path -> new AttributePath(path.urn(), path.name(), Optional.empty()))
        .flatMap(type::find)
        .ifPresent(target -> names.add(target.label()));
  }

  private static JsonNode operations(JsonNode body) {
    var operations =
        Fields.find(body, "Operations")
            .filter(it -> it.isArray() && !it.isEmpty())
            .orElseThrow(() -> syntax("'Operations' must be a list of one or more operations"));
    if (operations.size() > MAX_OPERATIONS) {
      throw new Refusal(Kind.TOO_MANY, "more than " + MAX_OPERATIONS + " operations");
    }
    return operations;
  }

  private void apply(JsonNode operation) {
    if (!operation.isObject()) {
      throw syntax("an operation must be an object");
    }
    var op = op(operation);
    var path = path(operation);
    var value = Fields.find(operation, "value");
    if (op == Op.REMOVE) {
      if (path.isEmpty()) {
        throw new Refusal(Kind.NO_TARGET, "remove needs a path");
      }
      remove(path.get(), value);
      return;
    }
    var given =
        value.orElseThrow(() -> new Refusal(Kind.INVALID_VALUE, "add and replace need a value"));
    path.ifPresentOrElse(it -> write(op, it, given), () -> writeAll(op, given));
  }

  private static Op op(JsonNode operation) {
    var word = Fields.find(operation, "op").filter(JsonNode::isTextual).map(JsonNode::asText);
    return switch (word.orElse("").toLowerCase(Locale.ROOT)) {
      case "add" -> Op.ADD;
      case "replace" -> Op.REPLACE;
      case "remove" -> Op.REMOVE;
      default -> throw syntax("'op' must be add, replace or remove");
    };
  }

  private static Optional<String> path(JsonNode operation) {
    var path = Fields.find(operation, "path").filter(it -> !it.isNull());
    if (path.isPresent() && !path.get().isTextual()) {
      throw new Refusal(Kind.INVALID_PATH, "'path' must be a string");
    }
    return path.map(it -> it.asText().strip()).filter(it -> !it.isEmpty());
  }

  private void write(Op op, String text, JsonNode value) {
    var schema = type.schema(text);
    if (schema.isPresent()) {
      writeSchema(op, schema.get(), value);
      return;
    }
    var path = PatchPath.parse(text);
    target(path).ifPresent(it -> write(op, it, path, value));
  }

  private void write(Op op, Target target, PatchPath path, JsonNode value) {
    if (target.attribute().name().equals("schemas")) {
      return; // follows from the content, whatever is asked for (RFC 7644 §3.5.2.1)
    }
    if (isMembers(target)) {
      writeMembers(op, target, path, value);
    } else if (op == Op.ADD) {
      editor.add(target, path.filter(), value);
    } else {
      editor.replace(target, path.filter(), value);
    }
  }

  /** A value without path: each key is an attribute, what cannot be written is no offence. */
  private void writeAll(Op op, JsonNode value) {
    if (!(value instanceof ObjectNode content)) {
      throw new Refusal(Kind.INVALID_VALUE, "a value without path must be an object");
    }
    for (var field : content.properties()) {
      var schema = type.schema(field.getKey());
      if (schema.isPresent()) {
        writeSchema(op, schema.get(), field.getValue());
      } else {
        writeKey(op, field.getKey(), field.getValue());
      }
    }
  }

  private void writeSchema(Op op, Schema schema, JsonNode value) {
    if (schema.equals(type.core())) {
      writeAll(op, value);
    } else if (value.isNull()) {
      clear(op, schema);
    } else if (value instanceof ObjectNode content) {
      content
          .properties()
          .forEach(it -> writeKey(op, schema.urn() + ":" + it.getKey(), it.getValue()));
    } else {
      throw new Refusal(Kind.INVALID_VALUE, "'" + schema.urn() + "' must be an object");
    }
  }

  private void clear(Op op, Schema schema) {
    if (op != Op.ADD) {
      removeSchema(schema);
    }
  }

  private void writeKey(Op op, String key, JsonNode value) {
    var path =
        key.contains("[")
            ? Optional.of(PatchPath.parse(key))
            : AttributePath.parse(key).map(it -> new PatchPath(it, Optional.empty()));
    path.ifPresent(
        it ->
            type.find(it.attribute())
                .filter(target -> !target.isReadOnly())
                .ifPresent(target -> write(op, target, it, value)));
  }

  private void remove(String text, Optional<JsonNode> value) {
    var schema = type.schema(text);
    if (schema.isPresent()) {
      removeSchema(schema.get());
      return;
    }
    var path = PatchPath.parse(text);
    target(path).ifPresent(it -> remove(it, path, value));
  }

  private void remove(Target target, PatchPath path, Optional<JsonNode> value) {
    if (!isMembers(target)) {
      editor.remove(target, path.filter()); // a value says nothing here (RFC 7644 §3.5.2.2)
    } else if (target.sub().isPresent()) {
      throw fixedMember(target);
    } else if (path.filter().isPresent()) {
      removeMembersWhere(path.attribute(), path.filter().get());
    } else {
      members.remove(value.orElse(NullNode.getInstance()));
    }
  }

  private void removeMembersWhere(AttributePath path, Filter filter) {
    // Refused here if it is not about members, not when it meets the rows.
    FilterMatcher.of(new Filter.ValueFilter(path, filter), type, Map.of());
    members.removeWhere(filter);
  }

  private void removeSchema(Schema schema) {
    if (schema.equals(type.core())) {
      throw new Refusal(Kind.MUTABILITY, "'" + schema.urn() + "' is required");
    }
    schema.attributes().stream()
        .filter(it -> !it.isReadOnly())
        .map(it -> new Target(Optional.of(schema), it, Optional.empty()))
        .forEach(it -> editor.remove(it, Optional.empty()));
  }

  private void writeMembers(Op op, Target target, PatchPath path, JsonNode value) {
    if (target.sub().isPresent()) {
      throw fixedMember(target);
    }
    if (path.filter().isPresent()) {
      throw new Refusal(Kind.INVALID_PATH, "members are added by value, without a filter");
    }
    if (op == Op.ADD) {
      members.add(value);
    } else {
      members.replace(value);
    }
  }

  private boolean isMembers(Target target) {
    return type.inRows(target) && !target.attribute().isReadOnly();
  }

  /** Empty for an extension we do not have: what it holds concerns nobody here. */
  private Optional<Target> target(PatchPath path) {
    var attribute = path.attribute();
    var target = type.find(attribute);
    boolean ours = attribute.urn().flatMap(type::schema).isPresent();
    if (target.isEmpty() && (attribute.urn().isEmpty() || ours)) {
      throw new Refusal(Kind.INVALID_PATH, "there is no attribute '" + attribute + "'");
    }
    return target;
  }

  private static Refusal fixedMember(Target target) {
    return new Refusal(
        Kind.MUTABILITY, "'" + target.label() + "' is fixed; add or remove the member");
  }

  private static Refusal syntax(String problem) {
    return new Refusal(Kind.INVALID_SYNTAX, problem);
  }
}
