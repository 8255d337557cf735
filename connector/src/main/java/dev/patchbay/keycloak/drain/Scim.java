package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.client.ScimClient;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import java.util.Collection;
import java.util.Optional;

/** The few filters and operations we send; their paths are ours and always parse. */
final class Scim {
  private Scim() {}

  static Filter equal(String attribute, String value) {
    try {
      return Filter.eq(attribute, value);
    } catch (ScimException e) {
      throw new IllegalArgumentException(attribute, e);
    }
  }

  /**
   * The resource's id at the target, by ours; none if there is none.
   *
   * @throws Failed if the target does not filter by it: one that is not among what it gives may be
   *     there all the same
   */
  static Optional<String> byExternalId(ScimClient client, ResourceKind kind, String id) {
    var found = client.find(kind, equal("externalId", id));
    var ours =
        found.stream()
            .filter(each -> each.path("externalId").asText().equals(id))
            .map(each -> each.path("id").asText())
            .findFirst();
    if (ours.isEmpty() && !found.isEmpty()) {
      throw new Failed("the target does not filter by externalId");
    }
    return ours;
  }

  static PatchOperation replace(String path, boolean value) {
    try {
      return PatchOperation.replace(path, value);
    } catch (ScimException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  static PatchOperation replace(String path, String value) {
    try {
      return PatchOperation.replace(path, value);
    } catch (ScimException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  static PatchOperation addMembers(Collection<String> ids) {
    ArrayNode members = JsonUtils.getJsonNodeFactory().arrayNode();
    ids.forEach(each -> members.addObject().put("value", each));
    try {
      return PatchOperation.add("members", members);
    } catch (ScimException e) {
      throw new IllegalArgumentException("members", e);
    }
  }

  static PatchOperation removeMember(String id) {
    String path = "members[" + equal("value", id) + "]";
    try {
      return PatchOperation.remove(path);
    } catch (ScimException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
