package dev.patchbay.keycloak.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.patchbay.keycloak.config.AttributeMapping;
import dev.patchbay.keycloak.config.AttributeMapping.Part;
import dev.patchbay.keycloak.config.TargetConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** Writes a user of Keycloak as a SCIM user (RFC 7643 §4.1). */
final class UserResource {
  private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String PBX_SCHEMA = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  private final ObjectNode resource = JsonUtils.getJsonNodeFactory().objectNode();

  UserResource(TargetConfig target, UserModel user, List<String> roles, Stream<String> ms365Ids) {
    resource.putArray("schemas").add(SCHEMA);
    resource.put("externalId", user.getId()).put("userName", user.getUsername());
    resource.put("active", user.isEnabled());
    names(user);
    if (user.getEmail() != null && !user.getEmail().isBlank()) {
      element("emails", "work", user.getEmail()).put("primary", true);
    }
    var array = resource.putArray("roles");
    roles.forEach(each -> array.addObject().put("value", each));
    if (roles.isEmpty() && target.roles().isEmpty()) {
      resource.remove("roles"); // the target's own business
    }
    // named even if empty, so that what is gone here goes there
    target.attributes().stream()
        .map(AttributeMapping::schema)
        .filter(each -> !each.isEmpty() && !each.equals(SCHEMA))
        .forEach(this::extension);
    target.attributes().forEach(each -> map(each, user));
    if (!target.ms365Aliases().isEmpty()) {
      ms365(ms365Ids);
    }
  }

  ObjectNode json() {
    return resource;
  }

  private void names(UserModel user) {
    String display =
        Stream.of(user.getFirstName(), user.getLastName())
            .filter(Objects::nonNull)
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(" "));
    resource.put("displayName", display.isEmpty() ? user.getUsername() : display);
    var name = JsonUtils.getJsonNodeFactory().objectNode();
    put(name, "givenName", user.getFirstName());
    put(name, "familyName", user.getLastName());
    if (!name.isEmpty()) {
      resource.set("name", name.put("formatted", display));
    }
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      object.put(name, value.strip());
    }
  }

  private void map(AttributeMapping mapping, UserModel user) {
    ObjectNode where =
        mapping.schema().isEmpty() || mapping.schema().equals(SCHEMA)
            ? resource
            : extension(mapping.schema());
    user.getAttributeStream(mapping.attribute())
        .filter(each -> each != null && !each.isBlank())
        .findFirst()
        .ifPresent(value -> put(where, mapping, value.strip()));
  }

  private static void put(ObjectNode where, AttributeMapping mapping, String value) {
    if (mapping.part().isEmpty()) {
      where.put(mapping.name(), value);
    } else if (mapping.part().get() instanceof Part.Sub it) {
      where.withObjectProperty(mapping.name()).put(it.name(), value);
    } else if (mapping.part().get() instanceof Part.OfType it) {
      where
          .withArrayProperty(mapping.name())
          .addObject()
          .put("value", value)
          .put("type", it.type());
    }
  }

  private void ms365(Stream<String> ids) {
    ObjectNode extension = extension(PBX_SCHEMA); // named even if empty, so that unlinking unbinds
    ids.findFirst().ifPresent(id -> extension.withObjectProperty("ms365").put("id", id));
  }

  private ObjectNode extension(String urn) {
    if (!resource.has(urn)) {
      resource.withArrayProperty("schemas").add(urn);
    }
    return resource.withObjectProperty(urn);
  }

  private ObjectNode element(String list, String type, String value) {
    return resource.withArrayProperty(list).addObject().put("value", value).put("type", type);
  }
}
