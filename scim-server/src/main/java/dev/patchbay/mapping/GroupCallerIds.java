package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.schema.ResourceTypes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers that members of a group may show. While the directory says nothing of them they are
 * the phone system's administrator's.
 */
public final class GroupCallerIds {
  private static final String ATTRIBUTE = "outboundCallerIds";

  private GroupCallerIds() {}

  /** The attribute, where groups of the phone system have none. */
  static Set<String> absent(PbxCapabilities pbx) {
    return pbx.groupCallerIds() ? Set.of() : Set.of(ATTRIBUTE);
  }

  /** As the field has them, in order of trunk and number; refused in another form. */
  public static Optional<String> of(ObjectNode group) {
    var sorted = new TreeMap<String, ObjectNode>();
    for (JsonNode element : group.path(ResourceTypes.PBX_GROUP).path(ATTRIBUTE)) {
      String provider = required(element, "provider");
      String value = required(element, "value");
      ObjectNode callerId = Json.object().put("provider", provider).put("value", value);
      ScimUser.text(element.path("description")).ifPresent(it -> callerId.put("description", it));
      if (sorted.put(provider + "\n" + value, callerId) != null) {
        throw ProfileFields.invalid(ATTRIBUTE, "each number of a provider once");
      }
    }
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.values().toString());
  }

  private static String required(JsonNode element, String part) {
    return ScimUser.text(element.path(part))
        .orElseThrow(() -> ProfileFields.invalid(ATTRIBUTE + "." + part, "given"));
  }
}
