package dev.patchbay.emulator;

import static dev.patchbay.emulator.Need.ROLES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.WebResponse;
import java.util.Map;

/** The calls on roles, which up to v22.2 have a name for a key. */
record RolesApi(EmulatedStore store, PortSipEmulatorOptions options) {
  void addTo(Routes routes) {
    routes
        .get("/api/roles", ROLES, this::list)
        .post("/api/roles", ROLES, this::create)
        .get("/api/roles/{name}", ROLES, this::read)
        .post("/api/roles/{name}", ROLES, this::update)
        .post("/api/roles/{name}/destroy", ROLES, this::destroy);
  }

  private WebResponse list(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), Roles.LISTING);
    return store.read(
        handle ->
            Json.page(
                query.count(handle),
                query.page(handle).stream().map(Roles.FIELDS::summary).toList()));
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
          if (roles.find(name).isPresent()) {
            throw options.undocumented().duplicate("role name already exists");
          }
          roles.insert(role);
          return Json.created("name", name);
        });
  }

  private WebResponse read(ApiRequest request) {
    return Json.ok(
        Roles.FIELDS.read(store.read(handle -> new Roles(handle).get(request.param("name")))));
  }

  private WebResponse update(ApiRequest request) {
    ObjectNode body = request.body();
    String name = own(request);
    return store.write(
        handle -> {
          var roles = new Roles(handle);
          ObjectNode before = roles.get(name);
          ObjectNode after = complete(Roles.FIELDS.update(before, body, UpdateMode.REPLACE));
          if (!after.path("name").asText().equals(name)) {
            throw ApiError.invalid(Map.of("name", "is the key and cannot be changed"));
          }
          roles.update(name, after);
          return WebResponse.of(200);
        });
  }

  private WebResponse destroy(ApiRequest request) {
    String name = own(request);
    return store.write(
        handle -> {
          var roles = new Roles(handle);
          roles.get(name);
          if (new Users(handle).anyWith("role", name)) {
            throw ApiError.invalid("the role is in use");
          }
          roles.delete(name);
          return WebResponse.of(204);
        });
  }

  /** The name in the path, unless it is one of the vendor's. */
  private static String own(ApiRequest request) {
    String name = request.param("name");
    if (Roles.isBuiltIn(name)) {
      throw ApiError.forbidden("built-in roles cannot be changed");
    }
    return name;
  }

  private static ObjectNode complete(ObjectNode role) {
    return role.set("permissions", Permissions.complete(role.path("permissions")));
  }
}
