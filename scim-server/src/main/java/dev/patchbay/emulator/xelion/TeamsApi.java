package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.xelion.PatchBody.Operation;
import dev.patchbay.web.WebResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The calls on phone lines, or on user groups: their names, and who is in them. */
record TeamsApi(EmulatedStore store, Undocumented undocumented, Team kind, String folder) {
  private static final Set<String> OF_RELATIONS =
      Set.of("skillNumber", "incoming", "outgoing", "editable", "lineOrder");

  void addTo(XelionRoutes routes) {
    String one = kind.resource() + "/{oid}";
    routes
        .call("GET", kind.resource(), Caller.ADMINISTRATOR, this::list)
        .call("GET", one, Caller.ADMINISTRATOR, this::read)
        .call("PATCH", one, Caller.ADMINISTRATOR, this::patch);
    if (kind == Team.GROUP) {
      routes
          .call("POST", kind.resource(), Caller.ADMINISTRATOR, this::create)
          .call("DELETE", one, Caller.ADMINISTRATOR, this::delete);
    }
  }

  private WebResponse list(ApiRequest request) {
    return Answers.page(request.web(), store.read(handle -> new Teams(handle, kind).list()));
  }

  private WebResponse create(ApiRequest request) {
    ObjectNode body = request.object();
    return Answers.object(
        folder,
        store.write(
            handle -> {
              var groups = new Teams(handle, kind);
              return groups.get(groups.create(body.path("commonName").asText()));
            }));
  }

  private WebResponse read(ApiRequest request) {
    return Answers.object(
        folder,
        store.read(
            handle -> {
              ObjectNode team = new Teams(handle, kind).get(request.oid());
              team.set("users", new Relations(handle).usersOf(kind, request.oid()));
              return team;
            }));
  }

  private WebResponse patch(ApiRequest request) {
    PatchBody patch = PatchBody.of(request.object());
    return store.write(
        handle -> {
          new Teams(handle, kind).get(request.oid());
          var added = new HashMap<String, String>();
          patch.operations().forEach(each -> change(handle, request.oid(), each, added));
          return Answers.nothing();
        });
  }

  /**
   * One operation.
   *
   * @param added relations made by the request, by the numbers it gave them
   */
  private void change(Handle handle, String oid, Operation operation, Map<String, String> added) {
    var path = operation.path();
    boolean ofUsers = path.getFirst().equals("users");
    var relations = new Relations(handle);
    switch (operation.op() + (ofUsers ? " of users " : " ") + path.size()) {
      case "replace 1" -> {
        if (!path.getFirst().equals("commonName")) {
          throw PatchBody.unknown(operation);
        }
        new Teams(handle, kind).rename(oid, operation.text());
      }
      case "add of users 2" -> add(handle, oid, operation, added);
      case "remove of users 2" -> relations.remove(oid, path.get(1));
      case "replace of users 3" -> {
        if (kind != Team.LINE || !OF_RELATIONS.contains(path.get(2))) {
          throw PatchBody.unknown(operation);
        }
        String relation = added.getOrDefault(path.get(1), path.get(1));
        relations.set(oid, relation, path.get(2), operation.value());
      }
      default -> throw PatchBody.unknown(operation);
    }
  }

  private void add(Handle handle, String oid, Operation operation, Map<String, String> added) {
    var relations = new Relations(handle);
    String user = operation.text();
    if (!new Users(handle).exists(user)) {
      throw ApiError.invalidObject("no such user");
    }
    if (relations.has(oid, user)) {
      switch (undocumented.addTwice()) {
        case ONCE -> {
          return;
        }
        case REFUSED -> throw ApiError.serverError("User already in the group.");
        case SECOND_RELATION -> {}
      }
    }
    added.put(operation.path().get(1), relations.add(kind, oid, user, Json.object()));
  }

  private WebResponse delete(ApiRequest request) {
    return store.write(
        handle -> {
          new Teams(handle, kind).delete(request.oid());
          return Answers.nothing();
        });
  }
}
