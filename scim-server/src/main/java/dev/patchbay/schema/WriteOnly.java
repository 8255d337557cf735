package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes secrets out of a resource, so that it can be stored, shown and logged. */
public final class WriteOnly {
  private WriteOnly() {}

  /** Removes every attribute that is never returned; what they held, by attribute name. */
  public static Map<String, Secret> take(ObjectNode resource, ResourceType type) {
    var secrets = new LinkedHashMap<String, Secret>();
    take(resource, type.core().attributes(), secrets);
    for (SchemaExtension extension : type.extensions()) {
      if (resource.path(extension.schema().urn()) instanceof ObjectNode content) {
        take(content, extension.schema().attributes(), secrets);
        if (content.isEmpty()) {
          resource.remove(extension.schema().urn());
        }
      }
    }
    type.declareSchemas(resource);
    return secrets;
  }

  private static void take(
      ObjectNode holder, List<Attribute> attributes, Map<String, Secret> secrets) {
    for (Attribute attribute : attributes) {
      if (attribute.traits().returned() == Attribute.Returned.NEVER) {
        JsonNode value = holder.remove(attribute.name());
        if (value != null) {
          secrets.put(attribute.name(), Secret.of(value.asText()));
        }
      }
    }
  }
}
