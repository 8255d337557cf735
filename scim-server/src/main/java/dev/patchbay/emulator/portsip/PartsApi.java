package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.USERS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import java.util.Optional;

/**
 * The calls on what a user has several of. Undocumented, and as the real one may well do it: a
 * phone is one user's and a code stands once in a list, the second is refused as a duplicate is;
 * who is destroyed loses them.
 */
record PartsApi(EmulatedStore store, Undocumented undocumented) {

  void addTo(PortSipRoutes routes) {
    add(routes, "phones", PartFields.PHONES);
    add(routes, "speed_dial_8", PartFields.SPEED_DIAL_8);
    add(routes, "speed_dial_100", PartFields.SPEED_DIAL_100);
    routes.get("/api/phones/{mac}/assignee", USERS, this::assignee);
  }

  private void add(PortSipRoutes routes, String collection, FieldSet fields) {
    String all = "/api/users/{id}/" + collection;
    routes
        .get(all, USERS, request -> list(request, collection, fields))
        .post(all, USERS, request -> create(request, collection, fields))
        .get(all + "/{part}", USERS, request -> read(request, collection, fields))
        .post(all + "/{part}", USERS, request -> update(request, collection, fields))
        .post(all + "/{part}/destroy", USERS, request -> destroy(request, collection));
  }

  private WebResponse list(ApiRequest request, String collection, FieldSet fields) {
    return store.read(
        handle -> {
          var user = new Users(handle).get(request.param("id"));
          return Answers.items(
              new Parts(handle, collection).of(user.id()).stream().map(fields::summary).toList());
        });
  }

  private WebResponse create(ApiRequest request, String collection, FieldSet fields) {
    ObjectNode body = request.body();
    return store.write(
        handle -> {
          var user = new Users(handle).get(request.param("id"));
          var parts = new Parts(handle, collection);
          ObjectNode made = PartFields.withUrl(fields.create(body)).put("id", Ids.next());
          String code = PartFields.code(made);
          if (holder(parts, code, user.id()).isPresent()) {
            throw undocumented.duplicate(collection + " has it already");
          }
          parts.insert(user.id(), code, made);
          return Answers.created("id", made.path("id").asText());
        });
  }

  /** Who has it already: of a phone anybody, of a code the same user. */
  private static Optional<Parts.Row> holder(Parts parts, String code, String user) {
    return parts.collection().equals("phones")
        ? parts.coded(code)
        : parts.of(user).stream()
            .filter(body -> PartFields.code(body).equals(code))
            .map(body -> new Parts.Row(user, body))
            .findFirst();
  }

  private WebResponse read(ApiRequest request, String collection, FieldSet fields) {
    return store.read(
        handle ->
            Json.ok(
                fields.read(
                    new Parts(handle, collection)
                        .get(request.param("id"), request.param("part")))));
  }

  private WebResponse update(ApiRequest request, String collection, FieldSet fields) {
    ObjectNode body = undocumented.heeded(request.body());
    return store.write(
        handle -> {
          var parts = new Parts(handle, collection);
          ObjectNode before = parts.get(request.param("id"), request.param("part"));
          ObjectNode after = fields.update(before, body, undocumented.updateMode());
          parts.update(PartFields.code(after), after);
          return WebResponse.of(200);
        });
  }

  private WebResponse destroy(ApiRequest request, String collection) {
    return store.write(
        handle -> {
          var parts = new Parts(handle, collection);
          parts.delete(parts.get(request.param("id"), request.param("part")).path("id").asText());
          return WebResponse.of(204);
        });
  }

  private WebResponse assignee(ApiRequest request) {
    return store.read(
        handle -> {
          var phone =
              new Parts(handle, "phones")
                  .coded(PartFields.mac(request.param("mac")))
                  .orElseThrow(() -> ApiError.notFound("assigned phone"));
          var user = new Users(handle).get(phone.user());
          ObjectNode answer = Json.object().put("extension_number", user.extension());
          for (String field : new String[] {"mac", "vendor", "model"}) {
            answer.set(field, phone.body().path(field));
          }
          return Json.ok(answer);
        });
  }
}
