package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Users, groups or roles of one tenant (RFC 7643 §6): where they are served and which attributes
 * they have.
 *
 * @param name {@code User}, {@code Group} or {@code Role}
 * @param endpoint path below the tenant's base, such as {@code /Users}
 * @param rows multi-valued attributes kept as rows beside the resource and so never part of its
 *     JSON
 */
public record ResourceType(
    String name,
    String endpoint,
    String description,
    Schema core,
    List<SchemaExtension> extensions,
    Set<String> rows) {

  public ResourceType {
    extensions = List.copyOf(extensions);
    rows = Set.copyOf(rows);
  }

  /**
   * What {@code path} names; empty when it names nothing here. A bare name that the core schema
   * lacks is looked up in the extensions: Entra ID writes {@code manager} without its URN.
   */
  public Optional<Target> find(AttributePath path) {
    if (path.urn().isPresent()) {
      return findQualified(path.urn().get(), path);
    }
    var core = findCore(path);
    return core.isPresent() ? core : findInExtensions(path);
  }

  private Optional<Target> findQualified(String urn, AttributePath path) {
    if (core.isNamed(urn)) {
      return findCore(path);
    }
    return extension(urn).flatMap(it -> in(Optional.of(it), it.attribute(path.name()), path));
  }

  private Optional<Target> findCore(AttributePath path) {
    var own = core.attribute(path.name());
    var attribute = own.isPresent() ? own : CommonAttributes.named(path.name());
    return in(Optional.empty(), attribute, path);
  }

  private Optional<Target> findInExtensions(AttributePath path) {
    return extensions.stream()
        .map(SchemaExtension::schema)
        .filter(it -> it.attribute(path.name()).isPresent())
        .findFirst()
        .flatMap(it -> in(Optional.of(it), it.attribute(path.name()), path));
  }

  private static Optional<Target> in(
      Optional<Schema> extension, Optional<Attribute> attribute, AttributePath path) {
    if (path.sub().isEmpty()) {
      return attribute.map(it -> new Target(extension, it, Optional.empty()));
    }
    return attribute.flatMap(
        it -> it.sub(path.sub().get()).map(sub -> new Target(extension, it, Optional.of(sub))));
  }

  /** The extension with that URN in any case. */
  public Optional<Schema> extension(String urn) {
    return extensions.stream()
        .map(SchemaExtension::schema)
        .filter(it -> it.isNamed(urn))
        .findFirst();
  }

  /** The core schema or extension that {@code text} is the URN of. */
  public Optional<Schema> schema(String text) {
    return core.isNamed(text) ? Optional.of(core) : extension(text);
  }

  /**
   * Whether {@code text} begins like a URN here, in whatever version: what it names is not a
   * stranger's.
   */
  public boolean hasNamespaceOf(String text) {
    return Stream.concat(Stream.of(core), extensions.stream().map(SchemaExtension::schema))
        .map(Schema::namespace)
        .anyMatch(it -> text.regionMatches(true, 0, it, 0, it.length()));
  }

  /** Whether {@code attribute} is kept as rows: members of a group. */
  public boolean inRows(Target target) {
    return target.extension().isEmpty() && rows.contains(target.attribute().name());
  }

  /** Sets {@code schemas} to the core schema and each extension that {@code resource} uses. */
  public void declareSchemas(ObjectNode resource) {
    var schemas = resource.putArray("schemas").add(core.urn());
    for (SchemaExtension extension : extensions) {
      JsonNode content = resource.path(extension.schema().urn());
      if (!content.isEmpty()) {
        schemas.add(extension.schema().urn());
      }
    }
  }
}
