package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;
import dev.patchbay.emulator.ipcortex.Undocumented.Reach;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.ArrayList;
import java.util.List;

/** {@code /rest/ops} on users; a call without a scope is about everybody. */
record OpsApi(EmulatedStore store, Admission admission, UserValues values) {
  private static final String TYPE = "user";

  private Undocumented undocumented() {
    return admission.undocumented();
  }

  void addTo(Routes routes) {
    for (String type : new String[] {"", "{type}"}) {
      routes
          .call("POST", "/rest/ops/create/" + type, request -> create(caller(request), request))
          .call("POST", "/rest/ops/read/" + type, request -> read(caller(request), request))
          .call("POST", "/rest/ops/update/" + type, request -> update(caller(request), request))
          .call("POST", "/rest/ops/delete/" + type, request -> delete(caller(request), request))
          .call("POST", "/rest/ops/setpass/" + type, request -> setpass(caller(request), request));
    }
  }

  private Caller caller(WebRequest request) {
    Caller caller = admission.admit(request);
    String inBody = Body.of(request).path("type").asText("");
    boolean named = inBody.equals(TYPE) || request.path().endsWith("/" + TYPE);
    if (!named) {
      throw fail("no such type");
    }
    return caller;
  }

  private WebResponse create(Caller caller, WebRequest request) {
    requireAdministrator(caller);
    ObjectNode sent = object(request, "values");
    return store.write(
        handle -> {
          var users = new Users(handle);
          ObjectNode user = values.created(sent, caller, users);
          long id = users.insert(user, values.password(sent).orElse(Secrets.NONE));
          ObjectNode answer = Json.object().put("result", "success");
          answer.putObject("values").put("contact_id", id).set("uname", user.path("uname"));
          return Json.ok(answer);
        });
  }

  private WebResponse read(Caller caller, WebRequest request) {
    JsonNode columns = Body.of(request).path("columns");
    ArrayNode found = Json.array();
    inScope(caller, request).forEach(row -> found.add(UserValues.shown(row, columns)));
    if (found.isEmpty() && itself(caller, object(request, "scope"))) {
      found.add(Json.object().put("contact_id", caller.id()).put("uname", caller.login()));
    }
    requireAnybody(found.isEmpty() && !object(request, "scope").isEmpty(), Nobody.FAIL_READS);
    ObjectNode answer = Json.object().put("result", "success");
    answer.set("values", found);
    return Json.ok(answer.put("numrows", found.size()));
  }

  private List<Users.Row> inScope(Caller caller, WebRequest request) {
    return store.read(handle -> inScope(new Users(handle), caller, request));
  }

  private List<Users.Row> inScope(Users users, Caller caller, WebRequest request) {
    ObjectNode scope = object(request, "scope");
    List<Users.Row> rows = new ArrayList<>();
    for (Users.Row row : UserValues.candidates(users, scope)) {
      if (UserValues.matches(row, scope)) {
        rows.add(row);
      }
    }
    rows.removeIf(row -> caller.administrates() && !caller.administrates(row.company()));
    boolean others = rows.stream().anyMatch(row -> row.id() != caller.id());
    if (!caller.administrates() && undocumented().reach() == Reach.ITSELF && others) {
      throw fail("permission denied");
    }
    return rows;
  }

  private WebResponse update(Caller caller, WebRequest request) {
    return change(caller, request, object(request, "values"));
  }

  private WebResponse setpass(Caller caller, WebRequest request) {
    requireAdministrator(caller);
    JsonNode password = object(request, "values").path("password");
    if (!password.isTextual() || password.textValue().isEmpty()) {
      throw fail("password is required");
    }
    return change(caller, request, Json.object().put("password", password.textValue()));
  }

  private WebResponse change(Caller caller, WebRequest request, ObjectNode sent) {
    return store.write(
        handle -> {
          var users = new Users(handle);
          List<Users.Row> rows = inScope(users, caller, request);
          int changed = 0;
          for (Users.Row row : rows) {
            Users.Row after = values.updated(row, sent, caller, users);
            users.update(after);
            changed += after.equals(row) ? 0 : 1;
          }
          return rows(undocumented().counts() == Counts.CHANGED ? changed : rows.size(), rows);
        });
  }

  private WebResponse delete(Caller caller, WebRequest request) {
    requireAdministrator(caller);
    return store.write(
        handle -> {
          var users = new Users(handle);
          List<Users.Row> rows = inScope(users, caller, request);
          rows.forEach(row -> users.delete(row.id()));
          return rows(rows.size(), rows);
        });
  }

  private static boolean itself(Caller caller, ObjectNode scope) {
    return scope.equals(Json.object().put("uname", caller.login()));
  }

  private void requireAnybody(boolean nobody, Nobody... refused) {
    if (nobody && List.of(refused).contains(undocumented().nobody())) {
      throw fail("no such user");
    }
  }

  private WebResponse rows(int count, List<Users.Row> scope) {
    requireAnybody(scope.isEmpty(), Nobody.FAIL, Nobody.FAIL_READS);
    return Json.ok(Json.object().put("result", "success").put("numrows", count));
  }

  private void requireAdministrator(Caller caller) {
    if (!caller.administrates()) {
      throw fail("permission denied");
    }
  }

  private static ObjectNode object(WebRequest request, String member) {
    return Body.of(request).path(member) instanceof ObjectNode object ? object : Json.object();
  }

  private Fail fail(String message) {
    return new Fail(undocumented().failStatus(), message);
  }
}
