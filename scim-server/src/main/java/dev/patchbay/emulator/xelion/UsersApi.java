package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The calls on accounts. */
record UsersApi(EmulatedStore store, XelionEmulatorOptions options, String folder) {
  static final String RESOURCE = "/users";
  private static final String WHERE = "userName=";
  private static final Set<String> REPLACEABLE =
      Set.of(
          "userName",
          "password",
          "active",
          "xccRole",
          "locale",
          "userLicense",
          "defaultSecurityNewContacts",
          "phoneHost",
          "commonName");

  void addTo(XelionRoutes routes) {
    routes
        .call("GET", RESOURCE, Caller.ADMINISTRATOR, this::list)
        .call("POST", RESOURCE, Caller.ADMINISTRATOR, this::create)
        .call("GET", RESOURCE + "/{oid}", Caller.ADMINISTRATOR, single(this::read))
        .call("PUT", RESOURCE + "/{oid}", Caller.ADMINISTRATOR, this::replace)
        .call("DELETE", RESOURCE + "/{oid}", Caller.ADMINISTRATOR, single(this::delete));
    if (options.undocumented().patchUsers()) {
      routes.call("PATCH", RESOURCE + "/{oid}", Caller.ADMINISTRATOR, this::patch);
    }
  }

  private XelionRoutes.Action single(XelionRoutes.Action call) {
    return options.undocumented().is(Otherwise.NO_SINGLE_USERS)
        ? request -> Json.answer(404, Json.object().put("message", "Not Found"))
        : call;
  }

  private Users users(Handle handle) {
    return new Users(handle, options.undocumented());
  }

  private WebResponse list(ApiRequest request) {
    WebRequest web = request.web();
    Optional<String> name = web.query("where").map(UsersApi::wanted);
    List<String> include = List.of(web.query("include").orElse("").split(","));
    List<ObjectNode> rows =
        store.read(
            handle ->
                new Users(handle)
                    .list(name).stream().map(user -> row(handle, user, include)).toList());
    return options.undocumented().pagedUsers() ? Answers.page(web, rows) : Answers.whole(web, rows);
  }

  private static String wanted(String where) {
    if (!where.startsWith(WHERE)) {
      throw ApiError.invalidPayload("where takes userName alone");
    }
    return where.substring(WHERE.length());
  }

  /** A summary, and what was asked for beside it. */
  private static ObjectNode row(Handle handle, ObjectNode user, List<String> include) {
    ObjectNode row = Json.object().put("oid", user.path("oid").asText());
    row.put("objectType", Users.TYPE).put("commonName", user.path("commonName").asText());
    ObjectNode whole = whole(handle, user);
    include.stream().filter(whole::has).forEach(field -> row.set(field, whole.get(field)));
    return row;
  }

  private static ObjectNode whole(Handle handle, ObjectNode user) {
    String person = user.path("person").path("oid").asText();
    if (user.path("person") instanceof ObjectNode reference) {
      reference.put("commonName", Persons.name(new Persons(handle).get(person)));
    }
    user.set("lines", new Relations(handle).linesOf(user.path("oid").asText()));
    return user;
  }

  private WebResponse create(ApiRequest request) {
    ObjectNode body = request.object();
    return Answers.object(
        folder,
        store.write(
            handle -> {
              String oid = users(handle).create(body, options.roles());
              for (JsonNode line : body.path("lines")) {
                new Relations(handle)
                    .add(Team.LINE, line.path("line").path("oid").asText(), oid, line);
              }
              return whole(handle, new Users(handle).get(oid));
            }));
  }

  private WebResponse read(ApiRequest request) {
    return Answers.object(
        folder, store.read(handle -> whole(handle, new Users(handle).get(request.oid()))));
  }

  private WebResponse patch(ApiRequest request) {
    ObjectNode changes = Json.object();
    for (PatchBody.Operation each : PatchBody.of(request.object()).operations()) {
      String field = each.path().getFirst();
      if (!each.op().equals("replace") || each.path().size() > 1 || !REPLACEABLE.contains(field)) {
        throw PatchBody.unknown(each);
      }
      changes.set(field, each.value());
    }
    change(request.oid(), changes);
    return Answers.nothing();
  }

  private WebResponse replace(ApiRequest request) {
    ObjectNode body = request.changedObject();
    change(request.oid(), body);
    return read(request);
  }

  private void change(String oid, ObjectNode changes) {
    store.write(
        handle -> {
          users(handle).change(oid, changes, options.roles());
          return oid;
        });
  }

  private WebResponse delete(ApiRequest request) {
    return store.write(
        handle -> {
          var users = new Users(handle);
          if (!users.exists(request.oid())) {
            return ApiError.deletedAbsent("user", options.undocumented().absent());
          }
          String person = users.get(request.oid()).path("person").path("oid").asText();
          users.delete(request.oid());
          if (options.undocumented().deletesPerson()) {
            new Persons(handle).delete(person);
          }
          return Answers.nothing();
        });
  }
}
