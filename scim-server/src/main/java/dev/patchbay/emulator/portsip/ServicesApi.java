package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import java.util.Map;

/** The calls on services of one kind; their members are one list, read and written as a whole. */
record ServicesApi(EmulatedStore store, Service kind, Undocumented undocumented) {
  void addTo(PortSipRoutes routes) {
    String one = kind.path() + "/{id}";
    routes
        .get(kind.path(), USERS, this::list)
        .post(kind.path(), USERS, this::create)
        .get(one, USERS, this::read)
        .post(one + "/destroy", USERS, this::destroy)
        .get(one + kind.members(), USERS, this::members)
        .post(one + kind.members(), USERS, this::replaceMembers);
  }

  private WebResponse list(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), kind.listing(), undocumented);
    return store.read(
        handle ->
            Answers.page(
                query.count(handle),
                query.page(handle).stream().map(kind.fields()::summary).toList()));
  }

  private WebResponse create(ApiRequest request) {
    String id = Ids.next();
    ObjectNode service = kind.fields().create(request.body()).put("id", id);
    return store.write(
        handle -> {
          if (new Numbers(handle, undocumented)
              .isTakenForService(service.path("extension_number").asText())) {
            throw undocumented.duplicate("extension number already exists");
          }
          new Services(handle, kind).insert(service);
          return Answers.created("id", id);
        });
  }

  private WebResponse read(ApiRequest request) {
    return store.read(
        handle -> Json.ok(kind.fields().read(new Services(handle, kind).get(request.param("id")))));
  }

  private WebResponse destroy(ApiRequest request) {
    return store.write(
        handle -> {
          var services = new Services(handle, kind);
          services.get(request.param("id"));
          services.delete(request.param("id"));
          return WebResponse.of(204);
        });
  }

  private WebResponse members(ApiRequest request) {
    return store.read(
        handle -> {
          var services = new Services(handle, kind);
          services.get(request.param("id"));
          return Answers.items(services.members(request.param("id")));
        });
  }

  private WebResponse replaceMembers(ApiRequest request) {
    JsonNode items = request.body().path("items");
    if (!items.isArray()) {
      throw ApiError.invalid(Map.of("items", "is required"));
    }
    return store.write(
        handle -> {
          var services = new Services(handle, kind);
          services.get(request.param("id"));
          try {
            services.replaceMembers(request.param("id"), items);
          } catch (ApiError unknown) {
            throw ApiError.invalid("Invalid user number supplied"); // the service itself is there
          }
          return WebResponse.of(200);
        });
  }
}
