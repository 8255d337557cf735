package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.PatchOperation.Op;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Impossible;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.NotOffered;
import dev.patchbay.schema.PatchPath;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceEditor;
import dev.patchbay.schema.ResourceSize;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.Schema;
import dev.patchbay.schema.SchemasCheck;
import dev.patchbay.schema.Target;
import java.util.List;
import java.util.Optional;

/**
 * Applies a PATCH (RFC 7644 §3.5.2) to a copy of a resource: all of it, or nothing and a refusal.
 */
public final class PatchApplier {
  private final ResourceType type;
  private final IdentityProvider idp;
  private final ObjectNode resource;
  private final ResourceEditor editor;
  private final MemberOperations members;

  private final Impossible impossible;

  private PatchApplier(
      ObjectNode resource, ResourceType type, IdentityProvider idp, Impossible impossible) {
    this.impossible = impossible;
    this.type = type;
    this.idp = idp;
    this.resource = resource;
    this.editor = new ResourceEditor(resource, idp);
    this.members = new MemberOperations(idp);
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

  /** As the other, of requests that are done or refused as a whole. */
  public static Patched apply(
      ObjectNode base, JsonNode body, ResourceType type, IdentityProvider idp) {
    return apply(base, body, type, idp, Impossible.REFUSED);
  }

  /**
   * What {@code body} makes of {@code base}, which stays as it is.
   *
   * @param idp whose ways of writing are taken
   * @throws Refusal for the first operation that cannot be done
   */
  public static Patched apply(
      ObjectNode base,
      JsonNode body,
      ResourceType type,
      IdentityProvider idp,
      Impossible impossible) {
    var operations = PatchOperation.read(body, idp);
    var applier = new PatchApplier(base.deepCopy(), type, idp, impossible);
    operations.forEach(applier::apply);
    ResourceSize.check(base, applier.resource);
    type.declareSchemas(applier.resource);
    return new Patched(applier.resource, applier.members.changes());
  }

  private void apply(PatchOperation operation) {
    var path = operation.path();
    if (operation.op() == Op.REMOVE) {
      remove(path.orElseThrow(), operation.value().filter(it -> !it.isNull()));
      return;
    }
    var value = operation.value().orElseThrow();
    if (path.isPresent()) {
      write(operation.op(), path.get(), value);
    } else {
      writeAll(operation.op(), value);
    }
  }

  private void write(Op op, String text, JsonNode value) {
    var schema = type.schema(text);
    if (schema.isPresent()) {
      writeSchema(op, schema.get(), value);
      return;
    }
    var path = PatchPath.parse(text);
    var missing = NotOffered.refusal(type, path.attribute().toString(), value);
    if (find(path).isEmpty() && missing.isPresent()) {
      impossible.found(missing.get());
      return;
    }
    target(path).ifPresent(it -> write(op, it, path, value));
  }

  private void write(Op op, Target target, PatchPath path, JsonNode value) {
    if (target.attribute().name().equals("schemas")) {
      requireKnown(value);
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

  private void requireKnown(JsonNode urns) {
    if (idp.forgives(Leniency.UNKNOWN_SCHEMAS)) {
      return;
    }
    for (JsonNode urn : urns.isArray() ? urns : List.of(urns)) {
      if (type.schema(urn.asText()).isEmpty()) {
        throw syntax("there is no schema " + Refusal.quoted(urn.asText()) + " here");
      }
    }
  }

  /** A value without path: each key is an attribute or a schema's URN. */
  private void writeAll(Op op, JsonNode value) {
    if (!(value instanceof ObjectNode content)) {
      throw new Refusal(Kind.INVALID_VALUE, "a value without path must be an object");
    }
    for (var field : content.properties()) {
      var schema = type.schema(field.getKey());
      if (schema.isPresent()) {
        writeSchema(op, schema.get(), field.getValue());
      } else {
        writeKey(op, field.getKey(), "", field.getValue());
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
          .forEach(it -> writeKey(op, it.getKey(), schema.urn() + ":", it.getValue()));
    } else {
      throw new Refusal(Kind.INVALID_VALUE, "'" + schema.urn() + "' must be an object");
    }
  }

  private void clear(Op op, Schema schema) {
    if (op != Op.ADD) {
      removeSchema(schema);
    }
  }

  /** One key of a value without path, or of what an extension has. */
  private void writeKey(Op op, String key, String prefix, JsonNode value) {
    var path = keyPath(prefix, key);
    var target = path.flatMap(this::find);
    if (target.isEmpty()) {
      ignore(SchemasCheck.isUrn(key) ? Leniency.UNKNOWN_SCHEMAS : Leniency.UNKNOWN_ATTRIBUTES, key);
      NotOffered.refusal(type, prefix + key, value).ifPresent(impossible::found);
    } else if (target.get().isReadOnly()) {
      ignoreReadOnly(target.get());
    } else {
      write(op, target.get(), path.orElseThrow(), value);
    }
  }

  private Optional<PatchPath> keyPath(String prefix, String key) {
    if (AttributePath.isName(key)) {
      return AttributePath.parse(prefix + key).map(it -> new PatchPath(it, Optional.empty()));
    }
    if (!idp.forgives(Leniency.PATH_KEYS)) {
      throw syntax(Refusal.quoted(key) + " is a path; a key is a name");
    }
    return key.contains("[")
        ? Optional.of(PatchPath.parse(prefix + key))
        : AttributePath.parse(prefix + key).map(it -> new PatchPath(it, Optional.empty()));
  }

  private void ignore(Leniency form, String key) {
    if (!idp.forgives(form)) {
      throw syntax("there is no attribute " + Refusal.quoted(key) + " here");
    }
  }

  /** What it says cannot be written is no offence where whole resources are sent back. */
  private void ignoreReadOnly(Target target) {
    boolean follows = target.attribute().name().equals("schemas");
    if (!follows && !idp.forgives(Leniency.READ_ONLY_IN_VALUE)) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' is read-only");
    }
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
      editor.remove(target, path.filter(), value);
    } else if (target.sub().isPresent()) {
      throw fixedMember(target);
    } else if (path.filter().isPresent()) {
      removeMembersWhere(path.attribute(), path.filter().get());
    } else {
      members.remove(value);
    }
  }

  private void removeMembersWhere(AttributePath path, Filter filter) {
    // Refused here if it is not about members, not when it meets the rows.
    FilterMatcher.of(new Filter.ValueFilter(path, filter), type);
    members.removeWhere(filter);
  }

  private void removeSchema(Schema schema) {
    if (schema.equals(type.core())) {
      throw new Refusal(Kind.MUTABILITY, "'" + schema.urn() + "' is required");
    }
    schema.attributes().stream()
        .filter(it -> !it.isReadOnly())
        .map(it -> new Target(Optional.of(schema), it, Optional.empty()))
        .forEach(it -> editor.remove(it, Optional.empty(), Optional.empty()));
  }

  private void writeMembers(Op op, Target target, PatchPath path, JsonNode value) {
    if (target.sub().isPresent()) {
      throw fixedMember(target);
    }
    if (path.filter().isPresent()) {
      throw fixedMember(target);
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

  /** What a path names; empty for an extension nobody here has, if that may be ignored. */
  private Optional<Target> target(PatchPath path) {
    var target = find(path);
    boolean strange =
        path.attribute().urn().isPresent() && !type.hasNamespaceOf(path.attribute().toString());
    if (target.isEmpty() && !(strange && idp.forgives(Leniency.UNKNOWN_SCHEMAS))) {
      throw new Refusal(
          Kind.INVALID_PATH,
          "there is no attribute " + Refusal.quoted(path.attribute().toString()));
    }
    return target;
  }

  private Optional<Target> find(PatchPath path) {
    boolean bare = path.attribute().urn().isEmpty() && !idp.forgives(Leniency.NO_URN);
    return type.find(path.attribute()).filter(it -> !bare || it.extension().isEmpty());
  }

  private static Refusal fixedMember(Target target) {
    return new Refusal(
        Kind.MUTABILITY, "'" + target.label() + "' is fixed; add or remove the member");
  }

  private static Refusal syntax(String problem) {
    return new Refusal(Kind.INVALID_SYNTAX, problem);
  }
}
