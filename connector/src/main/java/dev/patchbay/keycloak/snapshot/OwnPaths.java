package dev.patchbay.keycloak.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.config.AttributeMapping;
import dev.patchbay.keycloak.config.AttributeMapping.Part;
import dev.patchbay.keycloak.config.TargetConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a user that a target gets from Keycloak. An account is changed in these alone
 * (RFC 7644 §3.5.2): what somebody else has set, a role or a phone number, stays. A list is ours as
 * a whole.
 */
record OwnPaths(List<Path> paths) {
  private static final String PBX_SCHEMA = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  private static final List<Path> ALWAYS =
      List.of(
          new Path("", "userName", ""),
          new Path("", "externalId", ""),
          new Path("", "active", ""),
          new Path("", "displayName", ""),
          new Path("", "name", "formatted"),
          new Path("", "name", "givenName"),
          new Path("", "name", "familyName"),
          new Path("", "emails", ""));

  OwnPaths {
    paths = List.copyOf(paths);
  }

  /**
   * One attribute.
   *
   * @param schema URN of the extension, empty for the user itself
   * @param sub empty for the attribute itself
   */
  record Path(String schema, String name, String sub) {
    private static Path of(AttributeMapping mapping) {
      String sub = mapping.part().orElse(null) instanceof Part.Sub it ? it.name() : "";
      return new Path(mapping.schema(), mapping.name(), sub);
    }

    private JsonNode value(ObjectNode user) {
      JsonNode value = (schema.isEmpty() ? user : user.path(schema)).path(name);
      return sub.isEmpty() ? value : value.path(sub);
    }

    @Override
    public String toString() {
      return (schema.isEmpty() ? "" : schema + ":") + name + (sub.isEmpty() ? "" : "." + sub);
    }
  }

  static OwnPaths of(TargetConfig target) {
    var paths = new ArrayList<>(ALWAYS);
    if (!target.roles().isEmpty()) {
      paths.add(new Path("", "roles", ""));
    }
    if (!target.ms365Aliases().isEmpty()) {
      paths.add(new Path(PBX_SCHEMA, "ms365", ""));
    }
    target.attributes().stream()
        .map(Path::of)
        .filter(each -> !paths.contains(each))
        .distinct()
        .forEach(paths::add);
    return new OwnPaths(paths);
  }

  /** Brings an account to this, whatever it was before. */
  PatchRequest changes(ObjectNode user) {
    return new PatchRequest(paths.stream().map(each -> change(each, each.value(user))).toList());
  }

  private static PatchOperation change(Path path, JsonNode value) {
    try {
      return value.isMissingNode() || (value.isContainerNode() && value.isEmpty())
          ? PatchOperation.remove(path.toString())
          : PatchOperation.replace(path.toString(), value);
    } catch (ScimException e) {
      throw new IllegalStateException("attribute " + path, e);
    }
  }
}
