package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import org.jdbi.v3.core.Handle;

/** The calls on the address book. */
record PersonsApi(EmulatedStore store, Undocumented undocumented, String folder) {
  static final String RESOURCE = "/addressables";

  void addTo(XelionRoutes routes) {
    routes
        .call("POST", RESOURCE, Caller.USER, this::create)
        .call("GET", RESOURCE + "/{oid}", Caller.USER, this::read)
        .call("PUT", RESOURCE + "/{oid}", Caller.USER, this::change)
        .call("DELETE", RESOURCE + "/{oid}", Caller.USER, this::delete);
    if (undocumented.findByName()) {
      routes.call("GET", RESOURCE, Caller.USER, this::find);
    }
  }

  private WebResponse create(ApiRequest request) {
    ObjectNode body = request.object();
    if (!body.path("objectType").asText().equals(Persons.TYPE)) {
      throw ApiError.invalidObject("objectType is missing or none that is emulated");
    }
    if (body.path("familyName").asText().isBlank()) {
      throw ApiError.invalidPayload("a Person needs a name");
    }
    return Answers.object(
        folder, store.write(handle -> brief(new Persons(handle).create(body, undocumented))));
  }

  /** As the vendor shows the answer to a create. */
  private static ObjectNode brief(ObjectNode person) {
    ObjectNode brief = Json.object();
    brief.putArray("employments");
    return brief
        .put("commonName", Persons.name(person))
        .put("oid", person.path("oid").asText())
        .put("objectType", Persons.TYPE);
  }

  private WebResponse find(ApiRequest request) {
    String name = request.web().query("name").orElse("");
    return Answers.page(
        request.web(),
        store.read(
            handle -> new Persons(handle).named(name).stream().map(PersonsApi::row).toList()));
  }

  private static ObjectNode row(ObjectNode person) {
    return Json.object()
        .put("commonName", Persons.name(person))
        .put("oid", person.path("oid").asText())
        .put("objectType", Persons.TYPE);
  }

  private WebResponse read(ApiRequest request) {
    return Answers.object(folder, store.read(handle -> whole(handle, request.oid())));
  }

  /** All of a Person; the account it has is part of it. */
  private static ObjectNode whole(Handle handle, String oid) {
    ObjectNode person = new Persons(handle).get(oid);
    person.put("commonName", Persons.name(person)).put("permissions", "ReadWriteRemove");
    person.remove("frozenName");
    person.putArray("employments");
    person.putArray("addresses");
    new Users(handle)
        .ofPerson(oid)
        .ifPresent(user -> person.putObject("user").put("oid", user).put("objectType", Users.TYPE));
    return person;
  }

  private WebResponse change(ApiRequest request) {
    ObjectNode body = request.changedObject();
    return Answers.object(
        folder,
        store.write(
            handle -> {
              new Persons(handle).change(request.oid(), body, undocumented);
              return whole(handle, request.oid());
            }));
  }

  private WebResponse delete(ApiRequest request) {
    return store.write(
        handle -> {
          if (new Users(handle).ofPerson(request.oid()).isPresent()) {
            throw ApiError.forbidden(); // an account needs its Person
          }
          if (!new Persons(handle).exists(request.oid())) {
            return ApiError.deletedAbsent("addressable", undocumented.absent());
          }
          new Persons(handle).delete(request.oid());
          return Answers.nothing();
        });
  }
}
