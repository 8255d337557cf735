package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.ROLES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The calls on roles, which up to v22.2 have a name for a key and then an id. */
record RolesApi(EmulatedStore store, PortSipEmulatorOptions options) {
  void addTo(PortSipRoutes routes) {
    routes
        .get("/api/roles", ROLES, this::list)
        .post("/api/roles", ROLES, this::create)
        .get("/api/roles/{key}", ROLES, this::read)
        .post("/api/roles/{key}", ROLES, this::update)
        .post("/api/roles/{key}/destroy", ROLES, this::destroy);
  }

  private WebResponse list(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), Roles.LISTING, options.undocumented());
    return store.read(
        handle ->
            Answers.page(
                query.count(handle),
                query.page(handle).stream()
                    .map(it -> shown(it, Roles.FIELDS.summary(it)))
                    .toList()));
  }

  private WebResponse create(ApiRequest request) {
    ObjectNode role = complete(Roles.FIELDS.create(request.body()));
    String name = role.path("name").asText();
    if (Roles.isReserved(name)) {
      throw ApiError.invalid(Map.of("name", "is reserved"));
    }
    return store.write(
        handle -> {
          var roles = new Roles(handle);
          if (named(roles, name).isPresent()) {
            throw options.undocumented().duplicate("role name already exists");
          }
          roles.insert(role.put("id", Ids.next()));
          return options.rolesById()
              ? Answers.created("id", role.path("id").asText())
              : Answers.created("name", name);
        });
  }

  private WebResponse read(ApiRequest request) {
    ObjectNode role = store.read(handle -> found(new Roles(handle), request));
    return Json.ok(shown(role, Roles.FIELDS.read(role)));
  }

  /** What reads have of it, with what v22.3 adds. */
  private ObjectNode shown(ObjectNode role, ObjectNode read) {
    return options.rolesById()
        ? read.put("id", role.path("id").asText())
            .put("protected", Roles.isBuiltIn(role.path("name").asText()))
        : read;
  }

  private ObjectNode found(Roles roles, ApiRequest request) {
    String key = request.param("key");
    return options.rolesById()
        ? roles.withId(key)
        : named(roles, key).orElseThrow(() -> ApiError.notFound("role"));
  }

  private Optional<ObjectNode> named(Roles roles, String name) {
    return roles.named(name, options.undocumented());
  }

  private WebResponse update(ApiRequest request) {
    ObjectNode body = options.undocumented().heeded(request.body());
    refuseBuiltIn(request.param("key"));
    return store.write(
        handle -> {
          var roles = new Roles(handle);
          ObjectNode before = own(roles, request);
          ObjectNode after = complete(Roles.FIELDS.update(before, body, UpdateMode.REPLACE));
          rename(handle, before.path("name").asText(), after.path("name").asText());
          roles.update(before.path("name").asText(), after);
          return WebResponse.of(200);
        });
  }

  /** The users of a role go with its name. */
  private void rename(Handle handle, String from, String to) {
    if (from.equals(to)) {
      return;
    }
    if (!options.rolesById()) {
      throw ApiError.invalid(Map.of("name", "is the key and cannot be changed"));
    }
    if (Roles.isReserved(to)) {
      throw ApiError.invalid(Map.of("name", "is reserved"));
    }
    if (named(new Roles(handle), to).isPresent()) {
      throw options.undocumented().duplicate("role name already exists");
    }
    new Users(handle).changeRoles(from, to);
  }

  private WebResponse destroy(ApiRequest request) {
    refuseBuiltIn(request.param("key"));
    return store.write(
        handle -> {
          var roles = new Roles(handle);
          String name = own(roles, request).path("name").asText();
          if (new Users(handle).anyWith("role", name)
              && !options.undocumented().is(Otherwise.ROLE_IN_USE_GOES)) {
            throw ApiError.invalid("the role is in use");
          }
          roles.delete(name);
          return WebResponse.of(204);
        });
  }

  /** The role the path names, unless it is one of the vendor's. */
  private ObjectNode own(Roles roles, ApiRequest request) {
    ObjectNode role = found(roles, request);
    refuseBuiltIn(role.path("name").asText());
    return role;
  }

  /** Also of those no tenant is shown. */
  private static void refuseBuiltIn(String name) {
    if (Roles.isBuiltIn(name)) {
      throw ApiError.forbidden("built-in roles cannot be changed");
    }
  }

  private static ObjectNode complete(ObjectNode role) {
    return role.set("permissions", Permissions.complete(role.path("permissions")));
  }
}
