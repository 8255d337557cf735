package dev.patchbay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute.Mutability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryDocumentsTest {
  private static final String BASE = "http://bridge/office/scim/v2";
  private static final List<ResourceType> TYPES =
      List.of(ResourceTypes.user(PhoneAccount.WHOLE), ResourceTypes.group());

  private final List<ObjectNode> schemas = DiscoveryDocuments.schemas(TYPES, BASE);

  @Test
  void servesUsersSchemasFirstAndThoseOfItselfLast() {
    assertThat(schemas)
        .extracting(it -> it.path("id").asText())
        .containsExactly(
            ResourceTypes.CORE_USER,
            ResourceTypes.ENTERPRISE_USER,
            ResourceTypes.PBX_USER,
            ResourceTypes.PORTSIP_USER,
            ResourceTypes.IPCORTEX_USER,
            ResourceTypes.XELION_USER,
            ResourceTypes.CRMCOM_USER,
            ResourceTypes.CORE_GROUP,
            ResourceTypes.PBX_GROUP,
            "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
            "urn:ietf:params:scim:schemas:core:2.0:Schema");
  }

  @Test
  void saysWhereEachDocumentIs() {
    var schema = schemas.getFirst();
    var type = DiscoveryDocuments.resourceType(TYPES.getFirst(), BASE);

    assertThat(schema.at("/meta/resourceType").asText()).isEqualTo("Schema");
    assertThat(schema.at("/meta/location").asText())
        .isEqualTo(BASE + "/Schemas/" + ResourceTypes.CORE_USER);
    assertThat(type.at("/meta/resourceType").asText()).isEqualTo("ResourceType");
    assertThat(type.at("/meta/location").asText()).isEqualTo(BASE + "/ResourceTypes/User");
  }

  @Test
  void namesEndpointSchemaAndExtensionsOfAType() {
    var type = DiscoveryDocuments.resourceType(TYPES.getFirst(), BASE);

    assertThat(type.path("id").asText()).isEqualTo("User");
    assertThat(type.path("endpoint").asText()).isEqualTo("/Users");
    assertThat(type.path("schema").asText()).isEqualTo(ResourceTypes.CORE_USER);
    assertThat(type.path("schemaExtensions"))
        .extracting(it -> it.path("schema").asText())
        .containsExactly(
            ResourceTypes.ENTERPRISE_USER,
            ResourceTypes.PBX_USER,
            ResourceTypes.PORTSIP_USER,
            ResourceTypes.IPCORTEX_USER,
            ResourceTypes.XELION_USER,
            ResourceTypes.CRMCOM_USER);
  }

  @Test
  void containsNoNullAndNoEmptyList() {
    var strays = new ArrayList<JsonNode>();
    schemas.forEach(it -> collectEmpty(it, strays));

    assertThat(strays).isEmpty();
  }

  @Test
  void everyAttributeSaysAllThatRfc7643Section7AsksFor() {
    var definitions = new ArrayList<JsonNode>();
    schemas.forEach(it -> collectDefinitions(it.path("attributes"), definitions));

    assertThat(definitions)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            it ->
                assertThat(it.properties())
                    .extracting(java.util.Map.Entry::getKey)
                    .contains(
                        "name",
                        "type",
                        "multiValued",
                        "description",
                        "required",
                        "mutability",
                        "returned",
                        "uniqueness",
                        "caseExact"));
  }

  @Test
  void mutabilityOfTheExtensionNumberIsThePhoneSystems() {
    var fixed = pbxUser(Mutability.IMMUTABLE);
    var free = pbxUser(Mutability.READ_WRITE);

    assertThat(fixed.at("/attributes/0/name").asText()).isEqualTo("extensionNumber");
    assertThat(fixed.at("/attributes/0/mutability").asText()).isEqualTo("immutable");
    assertThat(free.at("/attributes/0/mutability").asText()).isEqualTo("readWrite");
  }

  private static ObjectNode pbxUser(Mutability extensionNumber) {
    var schema =
        ResourceTypes.user(PhoneAccount.WHOLE.withExtensionNumber(extensionNumber))
            .extension(ResourceTypes.PBX_USER);
    return DiscoveryDocuments.schema(schema.orElseThrow(), BASE);
  }

  private static void collectEmpty(JsonNode node, List<JsonNode> strays) {
    if (node.isNull() || (node.isContainerNode() && node.isEmpty())) {
      strays.add(node);
    }
    node.forEach(it -> collectEmpty(it, strays));
  }

  private static void collectDefinitions(JsonNode attributes, List<JsonNode> found) {
    for (JsonNode attribute : attributes) {
      found.add(attribute);
      collectDefinitions(attribute.path("subAttributes"), found);
    }
  }
}
