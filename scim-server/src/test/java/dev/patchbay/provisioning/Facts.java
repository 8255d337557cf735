package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.mapping.PartValues;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.schema.ResourceTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What holds of people, groups and roles, as {@code ada.active} → {@code true}: the same words for
 * what a request wants, what reads show, and what the PBX holds.
 */
final class Facts {
  static final String HERE = "here";
  static final String GONE = "gone";
  static final String IN = "in";
  static final String OUT = "out";
  private static final List<String> ROLES = List.of("StandardUser", "Custom", "QueueManager");

  private Facts() {}

  /** Reads {@code "ada.active=true"} and the like. */
  static Map<String, String> of(String... words) {
    var facts = new TreeMap<String, String>();
    Arrays.stream(words)
        .map(word -> word.split("=", 2))
        .forEach(word -> facts.put(word[0], word[1]));
    return facts;
  }

  /** What is said of an entry that reads show. */
  static Map<String, String> shown(String label, Entry entry) {
    var resource = entry.resource();
    var facts = new TreeMap<String, String>();
    facts.put(label, HERE);
    if (entry.type() != EntryType.USER) {
      facts.put(label + ".name", resource.path("displayName").asText());
      facts.put(label + ".description", description(resource));
      return facts;
    }
    facts.put(label + ".userName", resource.path("userName").asText());
    facts.put(
        label + ".displayName",
        resource.path("displayName").asText(resource.path("userName").asText()));
    facts.put(label + ".title", resource.path("title").asText());
    facts.put(label + ".active", String.valueOf(resource.path("active").asBoolean(true)));
    facts.put(label + ".role", resource.path("roles").path(0).path("value").asText("StandardUser"));
    facts.put(label + ".phones", phones(PartValues.phones(new ScimUser(resource))));
    facts.put(
        label + ".ms365", resource.path(ResourceTypes.PBX_USER).path("ms365").path("id").asText());
    return facts;
  }

  static String phones(PbxParts phones) {
    return phones.byKey().values().stream()
        .map(phone -> phone.key() + " " + phone.get("model").orElse(""))
        .collect(Collectors.joining(", "));
  }

  /** The attribute with phones given as MAC address and model. */
  static String phones(String... phones) {
    return Arrays.stream(phones)
        .map(phone -> phone.split(" "))
        .map(
            phone ->
                "{'mac':'%s','model':'%s','vendor':'Fanvil','template':'t.xml','timezone':'GMT'}"
                    .formatted(phone[0], phone[1]))
        .collect(Collectors.joining(",", "'phones':[", "]"));
  }

  private static String description(ObjectNode resource) {
    return resource
        .path("description")
        .asText(resource.path(ResourceTypes.PBX_GROUP).path("description").asText());
  }

  /** Whether going from one value to the other takes something away from somebody. */
  static boolean takesAway(String fact, String before, String after) {
    if (fact.endsWith(".active")) {
      return before.equals("true") && after.equals("false");
    }
    if (fact.endsWith(".ms365")) {
      return !before.isEmpty() && after.isEmpty();
    }
    if (fact.endsWith(".role")) {
      return ROLES.indexOf(after) < ROLES.indexOf(before);
    }
    return (before.equals(IN) && after.equals(OUT)) || (before.equals(HERE) && after.equals(GONE));
  }
}
