package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Microsoft 365: which user signs in as whom. No read of a user shows it. */
record MicrosoftApi(EmulatedStore store, PortSipEmulatorOptions options) {
  void addTo(PortSipRoutes routes) {
    routes
        .post("/api/users/{id}/ms365_binding", Need.USERS, this::bind)
        .post("/api/users/{id}/ms365_binding/destroy", Need.USERS, this::unbind)
        .get("/api/ms365", Need.USERS, this::settings)
        .get("/api/ms365/users", Need.USERS, this::users);
  }

  private WebResponse bind(ApiRequest request) {
    if (!options.ms365()) {
      throw ApiError.invalid("Microsoft 365 integration is not enabled");
    }
    String given = request.text("id");
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          String id = new MicrosoftUsers(handle).resolve(given).toLowerCase(Locale.ROOT);
          user.ms365().ifPresent(bound -> checkAgain(bound, id));
          checkFree(users, user, id);
          users.bind(user.id(), Optional.of(id));
          return WebResponse.of(200);
        });
  }

  private void checkAgain(String bound, String id) {
    if (!bound.equals(id) && !undocumented().is(Otherwise.BIND_REPLACES)) {
      throw ApiError.invalid("the user is bound to another Microsoft 365 user");
    }
    if (bound.equals(id) && undocumented().is(Otherwise.BIND_TWICE_REFUSED)) {
      throw undocumented().duplicate("the user is bound already");
    }
  }

  private Undocumented undocumented() {
    return options.undocumented();
  }

  private void checkFree(Users users, UserRow user, String id) {
    if (users.isLeftBound(id)) {
      throw undocumented().duplicate("the Microsoft 365 user is bound already");
    }
    users
        .boundTo(id)
        .filter(other -> !other.id().equals(user.id()))
        .ifPresent(
            other -> {
              throw undocumented().duplicate("the Microsoft 365 user is bound already");
            });
  }

  private WebResponse unbind(ApiRequest request) {
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          if (user.ms365().isEmpty() && !undocumented().is(Otherwise.UNBOUND_OK)) {
            throw undocumented().is(Otherwise.UNBOUND_400)
                ? ApiError.invalid("the user is not bound")
                : ApiError.notFound("Microsoft 365 binding");
          }
          users.bind(user.id(), Optional.empty());
          return WebResponse.of(204);
        });
  }

  private WebResponse settings(ApiRequest request) {
    ObjectNode settings =
        Json.object()
            .put("enabled", options.ms365())
            .put("directory_id", "8f6e4b3a-0000-4000-8000-000000000001")
            .put("application_id", "8f6e4b3a-0000-4000-8000-000000000002")
            .put("sync_time", "0 0 * * *");
    settings
        .putObject("users")
        .put("enabled", false)
        .put("sync_guest_users", false)
        .put("sync_photo", false)
        .put("starting_extension_number", "1000")
        .put("sync_type", "ALL")
        .putArray("selected_users");
    return Json.ok(settings);
  }

  private WebResponse users(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), MicrosoftUsers.LISTING, undocumented());
    return store.read((Handle handle) -> Answers.page(query.count(handle), query.page(handle)));
  }
}
