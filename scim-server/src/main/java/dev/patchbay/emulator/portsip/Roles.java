package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The roles of the tenant: four that come with it, and its own. */
record Roles(Handle handle) {
  /** Of the system, the application and sales; never a user's of a tenant. */
  private static final List<String> BEYOND_TENANT = List.of("SystemAdmin", "Replicator", "Dealer");

  private static final Map<String, String> BUILT_IN =
      Map.of(
          "Admin", "All rights in the tenant",
          "StandardUser", "Standard user",
          "StandardInternationalUser", "Standard user with international calls",
          "QueueManager", "Manages call queues");

  static final FieldSet FIELDS =
      new FieldSet(
          List.of(
              Field.field("name", Form.text(1, 64), Use.CREATE, Use.UPDATE, Use.READ, Use.LIST)
                  .required(),
              Field.setting("permissions", Permissions.FORM).required(),
              Field.listed("description", Form.text(1024))));

  static final Listing LISTING =
      new Listing("roles", FIELDS.listed(), Map.of("name", "name"), List.of("name", "description"));

  static boolean isBuiltIn(String name) {
    return BUILT_IN.containsKey(name) || BEYOND_TENANT.contains(name);
  }

  /** Reserved names have no case. */
  static boolean isReserved(String name) {
    return BUILT_IN.keySet().stream().anyMatch(name::equalsIgnoreCase)
        || BEYOND_TENANT.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Puts the built-in ones in, so that lists are one query. */
  void addBuiltIn() {
    BUILT_IN.keySet().stream()
        .sorted()
        .filter(name -> find(name).isEmpty())
        .forEach(name -> insert(builtIn(name)));
  }

  private static ObjectNode builtIn(String name) {
    ObjectNode permissions =
        switch (name) {
          case "Admin" -> Permissions.ofTenant();
          case "StandardInternationalUser" ->
              Permissions.of(
                  "policies.internal_calls",
                  "policies.domestic_calls",
                  "policies.international_calls");
          default -> Permissions.of("policies.internal_calls", "policies.domestic_calls");
        };
    return Json.object()
        .put("id", Ids.next())
        .put("name", name)
        .put("description", BUILT_IN.getOrDefault(name, ""))
        .set("permissions", permissions);
  }

  Optional<ObjectNode> find(String name) {
    return handle
        .createQuery("SELECT body FROM roles WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .map(Json::stored);
  }

  /** The role that a call names, in whatever case where that PBX does not mind. */
  Optional<ObjectNode> named(String name, Undocumented undocumented) {
    return undocumented.is(Otherwise.ROLES_IN_ANY_CASE)
        ? handle
            .select("SELECT body FROM roles WHERE name = ? COLLATE NOCASE", name)
            .mapTo(String.class)
            .findFirst()
            .map(Json::stored)
        : find(name);
  }

  /** Throws {@link ApiError} 404 if there is none; there are few. */
  ObjectNode withId(String id) {
    return ofId(id).orElseThrow(() -> ApiError.notFound("role"));
  }

  Optional<ObjectNode> ofId(String id) {
    return handle.createQuery("SELECT body FROM roles").mapTo(String.class).list().stream()
        .map(Json::stored)
        .filter(role -> role.path("id").asText().equals(id))
        .findFirst();
  }

  void insert(ObjectNode body) {
    handle
        .createUpdate("INSERT INTO roles (name, body) VALUES (:name, :body)")
        .bind("name", body.path("name").asText())
        .bind("body", body.toString())
        .execute();
  }

  void update(String name, ObjectNode body) {
    handle
        .createUpdate("UPDATE roles SET body = :body, name = :to WHERE name = :name")
        .bind("name", name)
        .bind("to", body.path("name").asText())
        .bind("body", body.toString())
        .execute();
  }

  void delete(String name) {
    handle.createUpdate("DELETE FROM roles WHERE name = :name").bind("name", name).execute();
  }
}
