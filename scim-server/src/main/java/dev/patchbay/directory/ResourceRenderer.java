package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Attribute.Returned;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.SchemaExtension;
import java.util.List;
import java.util.stream.Stream;

/** How the users or the groups of a tenant are written; one for all requests. */
public final class ResourceRenderer {
  private final Directory directory;
  private final ResourceType type;
  private final List<String> onRequest;

  public ResourceRenderer(Directory directory, ResourceType type) {
    this.directory = directory;
    this.type = type;
    this.onRequest = onRequest(type).map(it -> '"' + it + '"').toList();
  }

  /** Names of what is not part of an answer unless asked for. */
  private static Stream<String> onRequest(ResourceType type) {
    var extensions = type.extensions().stream().map(SchemaExtension::schema);
    return Stream.concat(Stream.of(type.core()), extensions)
        .flatMap(schema -> schema.attributes().stream())
        .flatMap(it -> Stream.concat(Stream.of(it), it.subAttributes().stream()))
        .filter(it -> it.traits().returned() == Returned.REQUEST)
        .map(Attribute::name);
  }

  /**
   * How one request wants them.
   *
   * @param base the tenant's SCIM URL, without a slash at its end
   */
  public Rendering rendering(Projection projection, String base) {
    return new Rendering(this, projection, base);
  }

  Directory directory() {
    return directory;
  }

  ResourceType type() {
    return type;
  }

  /** A name in quotes is the attribute itself, or at worst a value and a parse too many. */
  boolean holdsMoreThanDefault(String resource) {
    return onRequest.stream().anyMatch(resource::contains);
  }
}
