package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.Optional;

/** {@code /rest/auth}: sessions of the service account and of users. */
record AuthApi(EmulatedStore store, Account account, Undocumented undocumented, Sessions sessions) {
  void addTo(Routes routes) {
    routes
        .signIn("POST", "/rest/auth/", this::signIn)
        .signIn("POST", "/rest/auth/logout", this::signOut);
  }

  private WebResponse signIn(WebRequest request) {
    JsonNode auth = Body.of(request).path("auth");
    String username = auth.path("username").asText("");
    Caller caller =
        caller(username, auth.path("password").asText(""))
            .orElseThrow(() -> new Fail(undocumented.failStatus(), "login failed"));
    ObjectNode answer = Json.object().put("result", "success");
    ObjectNode user = answer.putObject("user");
    user.put("id", caller.id())
        .put("login", caller.login())
        .put("name", caller.login())
        .put("company", caller.company())
        .put("home", "/")
        .put("session", sessions.begin(request, caller));
    permissions(user.putObject("perms"), caller.right());
    return Json.ok(answer);
  }

  private static void permissions(ObjectNode permissions, Account.Right right) {
    switch (right) {
      case SYSTEM_ADMIN -> permissions.put("System-Admin", "yes");
      case COMPANY_ADMIN -> permissions.put("Company-Admin", "company");
      case NONE -> permissions.put("Phone-Book", "yes"); // made up
    }
  }

  private Optional<Caller> caller(String username, String password) {
    if (username.equals(account.username())) {
      return Optional.of(Caller.of(account))
          .filter(it -> Passwords.same(password, account.password()));
    }
    return store.read(handle -> new Users(handle).having("uname", username)).stream()
        .filter(user -> user.role().letsIn() && Secrets.proves(password, user.password()))
        .map(Caller::of)
        .findFirst();
  }

  private WebResponse signOut(WebRequest request) {
    sessions.end(request);
    return Json.ok(Json.object().put("result", "success"));
  }
}
