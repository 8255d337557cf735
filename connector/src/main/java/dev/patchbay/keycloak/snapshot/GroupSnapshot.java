package dev.patchbay.keycloak.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;

/**
 * A group as the target shall have it, but for its members, which are sent one by one.
 *
 * @param displayName what it is called there
 */
public record GroupSnapshot(String id, String displayName) {
  private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

  /** The SCIM group, without members. */
  public ObjectNode resource() {
    var resource = JsonUtils.getJsonNodeFactory().objectNode();
    resource.putArray("schemas").add(SCHEMA);
    return resource.put("externalId", id).put("displayName", displayName);
  }

  /** Equal for groups that would be sent alike. */
  public String hash() {
    return Hash.of(resource().toString());
  }
}
