package dev.patchbay.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/** Settings that are lists or trees, as the text of a field. */
final class ProfileLists {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ProfileLists() {}

  /** In order of trunk and number, since the order means nothing. */
  static Optional<String> callerIds(ScimUser user) {
    var sorted = new TreeMap<String, ObjectNode>();
    for (JsonNode element : user.json().path(ResourceTypes.PBX_USER).path("outboundCallerIds")) {
      String provider = required(element, "provider");
      String value = required(element, "value");
      ObjectNode callerId = Json.object().put("provider", provider).put("value", value);
      callerId.put("preferred", element.path("preferred").asBoolean());
      copy(element, "description", callerId);
      if (sorted.put(provider + "\n" + value, callerId) != null) {
        throw ProfileFields.invalid("outboundCallerIds", "each number of a provider once");
      }
    }
    return array(sorted.values());
  }

  private static String required(JsonNode element, String part) {
    return ScimUser.text(element.path(part))
        .orElseThrow(() -> ProfileFields.invalid("outboundCallerIds." + part, "given"));
  }

  /** In the order sent: it is that of the keys. */
  static Optional<String> blfs(ScimUser user) {
    var lamps = new ArrayList<ObjectNode>();
    for (JsonNode element : user.json().path(ResourceTypes.PORTSIP_USER).path("blfs")) {
      ObjectNode lamp = Json.object();
      copy(element, "key", lamp);
      copy(element, "value", lamp);
      copy(element, "firstName", lamp);
      copy(element, "lastName", lamp);
      lamps.add(lamp);
    }
    return array(lamps);
  }

  /** Without blanks that mean nothing. */
  static Optional<String> customOptions(ScimUser user) {
    return user.text(ResourceTypes.PORTSIP_USER, "customOptions").map(ProfileLists::compact);
  }

  private static String compact(String text) {
    try {
      return MAPPER.readTree(text).toString();
    } catch (JsonProcessingException e) {
      throw ProfileFields.invalid("customOptions", "JSON in a string");
    }
  }

  private static void copy(JsonNode from, String part, ObjectNode to) {
    ScimUser.text(from.path(part)).ifPresent(text -> to.put(part, text));
  }

  private static Optional<String> array(Iterable<ObjectNode> elements) {
    ArrayNode array = MAPPER.createArrayNode();
    elements.forEach(array::add);
    return array.isEmpty() ? Optional.empty() : Optional.of(array.toString());
  }
}
