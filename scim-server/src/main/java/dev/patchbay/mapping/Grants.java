package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What groups give a user, as the user's own resource has it. Each group writes its own element and
 * looks at no other, so that what two of them do at once comes to the same in either order.
 */
public final class Grants {
  /** The attribute, as the schema labels it. */
  public static final String LABEL = ResourceTypes.PBX_USER + ":grants";

  /** The attribute, from the resource down. */
  public static final List<String> PATH = List.of(ScimUser.PBX, "grants");

  private Grants() {}

  /**
   * What one group gives.
   *
   * @param group its id
   * @param target which one of the kind: a role's name, say
   */
  public record Grant(String group, Granted kind, String target) {}

  /** What groups give, in the order of their ids. */
  public static List<Grant> of(ObjectNode user) {
    var grants = new ArrayList<Grant>();
    for (JsonNode element : elements(user)) {
      Granted.named(element.path("kind").asText())
          .map(kind -> new Grant(group(element), kind, element.path("target").asText()))
          .ifPresent(grants::add);
    }
    return grants;
  }

  /** The targets of one kind. */
  public static List<String> of(ObjectNode user, Granted kind) {
    return of(user).stream().filter(it -> it.kind() == kind).map(Grant::target).toList();
  }

  public static boolean has(ObjectNode user, String group) {
    return of(user).stream().anyMatch(it -> it.group().equals(group));
  }

  /** The user with what the group gives, once. */
  public static ObjectNode with(ObjectNode user, Grant grant) {
    var elements = others(user, group -> group.equals(grant.group()));
    var element = user.objectNode().put("value", grant.group());
    elements.add(element.put("kind", grant.kind().word()).put("target", grant.target()));
    return set(user, elements);
  }

  /** The user without what these groups give. */
  public static ObjectNode without(ObjectNode user, Predicate<String> groups) {
    return set(user, others(user, groups));
  }

  private static List<JsonNode> others(ObjectNode user, Predicate<String> groups) {
    var others = new ArrayList<JsonNode>();
    elements(user).forEach(it -> others.add(it));
    others.removeIf(element -> groups.test(group(element)));
    return others;
  }

  private static ObjectNode set(ObjectNode user, List<JsonNode> elements) {
    var changed = user.deepCopy();
    var pbx = changed.withObjectProperty(ScimUser.PBX);
    if (elements.isEmpty()) {
      pbx.remove("grants");
    } else {
      elements.sort(Comparator.comparing(Grants::group));
      ArrayNode sorted = pbx.putArray("grants");
      sorted.addAll(elements);
    }
    return changed;
  }

  private static JsonNode elements(ObjectNode user) {
    return user.path(ScimUser.PBX).path("grants");
  }

  private static String group(JsonNode element) {
    return element.path("value").asText();
  }
}
