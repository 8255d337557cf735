package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.ROLES;
import static dev.patchbay.directory.DirectoryFixture.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Resources as a read shows them, with all they have, and their order by what is shown alone. */
final class Shown {
  static final String BASE = "https://bridge.example/office/scim/v2";

  private Shown() {}

  static ResourceType type(JsonNode resource) {
    return type(EntryType.of(resource.at("/meta/resourceType").asText()));
  }

  private static ResourceType type(EntryType type) {
    return switch (type) {
      case USER -> USERS;
      case GROUP -> GROUPS;
      case ROLE -> ROLES;
    };
  }

  /** In the order of creation. */
  static List<ObjectNode> all(DirectoryFixture store) {
    var query =
        new ListQuery(
            DirectoryFixture.TENANT,
            List.of(USERS, GROUPS, ROLES),
            Optional.empty(),
            Optional.empty(),
            new Paging.Index(1),
            1000,
            BASE);
    return store.directory().list(query).entries().stream().map(it -> of(it, store)).toList();
  }

  private static ObjectNode of(Stored entry, DirectoryFixture store) {
    var type = type(entry.type());
    var tree = ResourceTree.of(entry, type);
    var schemas = tree.path("schemas").deepCopy();
    ResourceTree.addPbxId(tree, entry, type);
    tree.set("schemas", schemas);
    var location = BASE + "/" + entry.type().endpoint() + "/" + entry.id();
    tree.set("meta", ResourceTree.meta(entry).put("location", location));
    if (!entry.groups().isEmpty()) {
      var groups = tree.putArray("groups");
      entry.groups().forEach(it -> groups.add(ResourceTree.group(it, BASE)));
    }
    var members = tree.arrayNode();
    store.directory().members(entry.id(), it -> members.add(ResourceTree.member(it, BASE)));
    if (!members.isEmpty()) {
      tree.set("members", members);
    }
    return tree;
  }

  /** {@code resources}, which are in the order of creation, in the order of {@code sort}. */
  static List<ObjectNode> sorted(List<ObjectNode> resources, Optional<Sort> sort) {
    if (sort.isEmpty()) {
      return resources;
    }
    var sorted = new ArrayList<>(resources);
    sorted.sort(
        Comparator.comparing(it -> key(it, sort.get()), Comparator.nullsLast(Shown::inCodePoints)));
    return sort.get().order() == Sort.Order.ASCENDING ? sorted : sorted.reversed();
  }

  private static int inCodePoints(String one, String other) {
    return java.util.Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private static String key(ObjectNode resource, Sort sort) {
    return type(resource)
        .find(sort.by())
        .flatMap(Target::comparable)
        .map(it -> key(it, resource))
        .orElse(null);
  }

  private static String key(Target target, ObjectNode resource) {
    var value = target.in(resource);
    if (target.attribute().traits().multiValued()) {
      JsonNode first = sub(value.path(0), target);
      JsonNode primary = MissingNode.getInstance();
      for (JsonNode element : value) {
        primary = element.path("primary").asBoolean() ? sub(element, target) : primary;
      }
      return text(primary.isMissingNode() ? first : primary, target.leaf());
    }
    return text(sub(value, target), target.leaf());
  }

  private static JsonNode sub(JsonNode holder, Target target) {
    return target.sub().isPresent() ? holder.path(target.sub().get().name()) : holder;
  }

  private static String text(JsonNode value, Attribute attribute) {
    if (value.isMissingNode()) {
      return null;
    }
    return attribute.type() == Attribute.Type.DATE_TIME
        ? value.asText().replace("Z", "")
        : attribute.comparable(value.asText());
  }
}
