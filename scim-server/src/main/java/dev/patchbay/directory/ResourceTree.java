package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Memberships.InGroup;
import dev.patchbay.directory.NestedGroups.Way;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;

/** A stored entry as JSON, with what the store keeps beside its text. */
final class ResourceTree {
  private ResourceTree() {}

  /** Everything but {@code meta}, {@code groups}, {@code members} and what is only on request. */
  static ObjectNode of(Stored entry, ResourceType type) {
    var tree = Json.object().put("id", entry.id());
    tree.setAll(Json.parse(entry.resource()));
    if (!entry.parked().isEmpty()) {
      var parked = extension(tree, ResourceTypes.PBX_GROUP).putArray("parkedMembers");
      entry.parked().forEach(value -> parked.addObject().put("value", value));
      type.declareSchemas(tree);
    }
    return tree;
  }

  /** Adds the phone system's identifier of a user or role, if there is one. */
  static void addPbxId(ObjectNode tree, Stored entry, ResourceType type) {
    var ref = Json.applied(entry.applied()).ref();
    if (ref.isPresent()) {
      switch (entry.type()) {
        case USER -> extension(tree, ResourceTypes.PBX_USER).put("pbxId", ref.get().id());
        case ROLE -> extension(tree, ResourceTypes.PBX_ROLE).put("pbxId", ref.get().id());
        case GROUP -> {}
      }
      type.declareSchemas(tree);
    }
  }

  private static ObjectNode extension(ObjectNode tree, String urn) {
    return tree.path(urn) instanceof ObjectNode content ? content : tree.putObject(urn);
  }

  /** {@code meta} without {@code location}, which depends on who asks. */
  static ObjectNode meta(Stored entry) {
    return Json.object()
        .put("resourceType", entry.type().scimName())
        .put("created", entry.createdAt().toString())
        .put("lastModified", entry.modifiedAt().toString())
        .put("version", entry.etag());
  }

  /** One of the groups a user is in; {@code base} is the tenant's SCIM URL. */
  static ObjectNode group(InGroup group, String base) {
    var element = Json.object().put("value", group.groupId());
    element.put("$ref", base + "/" + EntryType.GROUP.endpoint() + "/" + group.groupId());
    if (!group.label().isEmpty()) {
      element.put("display", group.label());
    }
    return element.put("type", group.way() == Way.DIRECT ? "direct" : "indirect");
  }

  /** One of a group's, as it is shown. */
  static ObjectNode member(Member member, String base) {
    var element = Json.object().put("value", member.id());
    element.put("$ref", base + "/" + member.type().endpoint() + "/" + member.id());
    element.put("type", member.type().scimName());
    return member.label().isEmpty() ? element : element.put("display", member.label());
  }
}
