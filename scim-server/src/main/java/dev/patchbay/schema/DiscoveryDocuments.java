package dev.patchbay.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our resource types as clients read them at {@code /ResourceTypes} and {@code /Schemas}.
 *
 * <p>The SDK's classes write the JSON. They lack what we need to work with a schema: they are told
 * apart by reference only, know no case rules for values and no rows, and their look-up is a walk;
 * so they are made from {@link Schema}, not the other way round.
 */
public final class DiscoveryDocuments {
  private DiscoveryDocuments() {}

  /** Every schema, users' first: some clients read no further than the first. */
  public static List<ObjectNode> schemas(List<ResourceType> types, String base) {
    return all(types).map(it -> schema(it, base)).toList();
  }

  /** The schema with that URN in any case, if there is one. */
  public static Optional<ObjectNode> schema(List<ResourceType> types, String urn, String base) {
    return all(types).filter(it -> it.isNamed(urn)).findFirst().map(it -> schema(it, base));
  }

  /** Those of {@code types}, and of the documents that this class makes. */
  private static Stream<Schema> all(List<ResourceType> types) {
    var ofTypes =
        types.stream()
            .flatMap(
                it ->
                    Stream.concat(
                        Stream.of(it.core()),
                        it.extensions().stream().map(SchemaExtension::schema)));
    return Stream.concat(ofTypes, DiscoverySchemas.ALL.stream()).distinct();
  }

  /**
   * A schema as {@code /Schemas/{urn}} shows it.
   *
   * @param base address of the tenant's SCIM root, without a slash at its end
   */
  public static ObjectNode schema(Schema schema, String base) {
    var attributes = schema.attributes().stream().map(DiscoveryDocuments::definition).toList();
    return document(
        new SchemaResource(schema.urn(), schema.name(), schema.description(), attributes),
        "Schema",
        base + "/Schemas/" + schema.urn());
  }

  /**
   * A type as {@code /ResourceTypes/{name}} shows it.
   *
   * @param base address of the tenant's SCIM root, without a slash at its end
   */
  public static ObjectNode resourceType(ResourceType type, String base) {
    var extensions =
        type.extensions().stream()
            .map(it -> URI.create(it.schema().urn()))
            .map(it -> new ResourceTypeResource.SchemaExtension(it, false))
            .toList();
    var resource =
        new ResourceTypeResource(
            type.name(),
            type.name(),
            type.description(),
            URI.create(type.endpoint()),
            URI.create(type.core().urn()),
            extensions);
    return document(resource, "ResourceType", base + "/ResourceTypes/" + type.name());
  }

  private static ObjectNode document(BaseScimResource resource, String type, String location) {
    var meta = new Meta();
    meta.setResourceType(type);
    meta.setLocation(URI.create(location));
    resource.setMeta(meta);
    return JsonUtils.valueToNode(resource);
  }

  private static AttributeDefinition definition(Attribute attribute) {
    var traits = attribute.traits();
    var builder =
        new AttributeDefinition.Builder()
            .setName(attribute.name())
            .setDescription(attribute.description())
            .setType(type(attribute.type()))
            .setMultiValued(traits.multiValued())
            .setRequired(traits.required())
            .setCaseExact(traits.caseExact())
            .setMutability(mutability(traits.mutability()))
            .setReturned(returned(traits.returned()))
            .setUniqueness(uniqueness(traits.uniqueness()))
            .addCanonicalValues(attribute.canonicalValues().toArray(String[]::new))
            .addReferenceTypes(attribute.referenceTypes().toArray(String[]::new));
    attribute.subAttributes().forEach(it -> builder.addSubAttributes(definition(it)));
    return builder.build();
  }

  private static AttributeDefinition.Type type(Attribute.Type type) {
    return switch (type) {
      case STRING -> AttributeDefinition.Type.STRING;
      case BOOLEAN -> AttributeDefinition.Type.BOOLEAN;
      case DECIMAL -> AttributeDefinition.Type.DECIMAL;
      case INTEGER -> AttributeDefinition.Type.INTEGER;
      case DATE_TIME -> AttributeDefinition.Type.DATETIME;
      case BINARY -> AttributeDefinition.Type.BINARY;
      case REFERENCE -> AttributeDefinition.Type.REFERENCE;
      case COMPLEX -> AttributeDefinition.Type.COMPLEX;
    };
  }

  private static AttributeDefinition.Mutability mutability(Attribute.Mutability mutability) {
    return switch (mutability) {
      case READ_ONLY -> AttributeDefinition.Mutability.READ_ONLY;
      case READ_WRITE -> AttributeDefinition.Mutability.READ_WRITE;
      case IMMUTABLE -> AttributeDefinition.Mutability.IMMUTABLE;
      case WRITE_ONLY -> AttributeDefinition.Mutability.WRITE_ONLY;
    };
  }

  private static AttributeDefinition.Returned returned(Attribute.Returned returned) {
    return switch (returned) {
      case ALWAYS -> AttributeDefinition.Returned.ALWAYS;
      case NEVER -> AttributeDefinition.Returned.NEVER;
      case DEFAULT -> AttributeDefinition.Returned.DEFAULT;
      case REQUEST -> AttributeDefinition.Returned.REQUEST;
    };
  }

  private static AttributeDefinition.Uniqueness uniqueness(Attribute.Uniqueness uniqueness) {
    return switch (uniqueness) {
      case NONE -> AttributeDefinition.Uniqueness.NONE;
      case SERVER -> AttributeDefinition.Uniqueness.SERVER;
      case GLOBAL -> AttributeDefinition.Uniqueness.GLOBAL;
    };
  }
}
