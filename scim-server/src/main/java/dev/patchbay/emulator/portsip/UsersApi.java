package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.web.WebResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The calls on users, of which each changes one kind of thing. */
record UsersApi(EmulatedStore store, PortSipEmulatorOptions options, NewUser newUser) {
  /** Stands in reads of v22.3 and later for passwords, which this one keeps hashed. */
  private static final String SHOWN = "Shown-9-Secret-Reads";

  /** What is signed in, by order of a test: no phone rings here. */
  static final String DEVICES = "devices";

  void addTo(PortSipRoutes routes) {
    routes
        .get("/api/users", USERS, this::list)
        .post("/api/users", USERS, this::create)
        .get("/api/users/{id}", USERS, this::read)
        .post("/api/users/{id}", USERS, this::update)
        .post("/api/users/{id}/destroy", USERS, this::destroy)
        .post("/api/users/{id}/role", USERS, this::changeRole)
        .post("/api/users/{id}/password", USERS, this::changePassword)
        .post("/api/users/{id}/extension_password", USERS, this::changeExtensionPassword)
        .post("/api/users/{id}/profile", USERS, this::resetProfile)
        .post("/api/users/profile", USERS, this::resetProfiles)
        .get("/api/users/{id}/status", USERS, this::status)
        .post("/api/users/{id}/status/{instance}/destroy_status", USERS, this::kick)
        .get("/api/users/{id}/balance", USERS, this::balance)
        .post("/api/users/{id}/balance", USERS, this::changeBalance);
  }

  private WebResponse list(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), Users.LISTING, options.undocumented());
    return store.read(
        handle ->
            Answers.page(
                query.count(handle),
                query.page(handle).stream()
                    .map(it -> roles(handle, options.users().summary(it)))
                    .toList()));
  }

  private WebResponse create(ApiRequest request) {
    return Answers.created("id", newUser.create(request.body()));
  }

  private WebResponse read(ApiRequest request) {
    ObjectNode user = options.users().read(user(request).body());
    if (options.level().atLeast(Level.V22_3)) {
      UserFields.SECRETS.forEach(name -> user.put(name, SHOWN));
    }
    return Json.ok(store.read(handle -> roles(handle, user)));
  }

  /** From v22.3 on a role is shown by id and by name. */
  private ObjectNode roles(Handle handle, ObjectNode shown) {
    if (options.rolesById()) {
      String name = shown.path("role").asText();
      shown.remove("role");
      shown.put("role_name", name);
      new Roles(handle).find(name).ifPresent(it -> shown.put("role_id", it.path("id").asText()));
    }
    return shown;
  }

  private UserRow user(ApiRequest request) {
    return store.read(handle -> new Users(handle).get(request.param("id")));
  }

  private WebResponse update(ApiRequest request) {
    ObjectNode body = options.undocumented().heeded(request.body());
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow before = users.get(request.param("id"));
          UpdateMode mode = options.undocumented().updateMode();
          if (options.level().atLeast(Level.V22_6) && !body.hasNonNull("display_name")) {
            throw ApiError.invalid(Map.of("display_name", "is required"));
          }
          ObjectNode after = options.users().update(before.body(), body, mode);
          users.update(before.id(), ForwardRules.complete(after));
          return WebResponse.of(200);
        });
  }

  private WebResponse destroy(ApiRequest request) {
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          if (options.undocumented().is(Otherwise.BINDINGS_STAY)) {
            user.ms365().ifPresent(users::leaveBound);
          }
          if (options.undocumented().is(Otherwise.MEMBERSHIPS_STAY)) {
            new Groups(handle).leave(user);
          }
          users.delete(user.id());
          return WebResponse.of(204);
        });
  }

  private WebResponse changeRole(ApiRequest request) {
    String role = request.text("role");
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          String name = newUser.role(new Roles(handle), role);
          users.update(user.id(), user.body().put("role", name));
          return WebResponse.of(200);
        });
  }

  private WebResponse changePassword(ApiRequest request) {
    String password = request.text("password");
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          newUser.checkPasswords(user.body(), Map.of("password", password));
          users.password(user.id(), Passwords.hash(password));
          return WebResponse.of(200);
        });
  }

  /** Checked and forgotten: no phone registers here, so nothing would ever compare it. */
  private WebResponse changeExtensionPassword(ApiRequest request) {
    String password = request.text("password");
    newUser.checkPasswords(user(request).body(), Map.of("password", password));
    return WebResponse.of(200);
  }

  private WebResponse resetProfile(ApiRequest request) {
    return store.write(
        handle -> {
          var users = new Users(handle);
          UserRow user = users.get(request.param("id"));
          users.update(user.id(), user.body().put("profile", Ids.next()));
          return WebResponse.of(200);
        });
  }

  /** Resets all of them without an id, as the vendor does; here nobody has one. */
  private WebResponse resetProfiles(ApiRequest request) {
    request.web().query("id").ifPresent(id -> store.read(handle -> new Users(handle).get(id)));
    return WebResponse.of(200);
  }

  private WebResponse status(ApiRequest request) {
    ObjectNode user = user(request).body();
    ObjectNode status =
        Json.object()
            .put("status", "OFFLINE")
            .put("presence", "AVAILABLE")
            .putNull("presence_note");
    var devices = store.read(handle -> new Parts(handle, DEVICES).of(user.path("id").asText()));
    devices.forEach(device -> device.remove("id"));
    status.putArray("registration").addAll(devices);
    if (!devices.isEmpty()) {
      status.put("status", "ONLINE");
    }
    for (String field : new String[] {"enable_dnd", "enable_acb"}) {
      status.put(field, user.path(field).asBoolean(false));
    }
    return Json.ok(status);
  }

  private WebResponse kick(ApiRequest request) {
    UserRow user = user(request);
    return store.write(
        handle -> {
          var devices = new Parts(handle, DEVICES);
          var device =
              devices
                  .coded(request.param("instance"))
                  .filter(it -> it.user().equals(user.id()))
                  .orElseThrow(() -> ApiError.notFound("registered device"));
          devices.delete(device.body().path("instance_id").asText());
          return WebResponse.of(204);
        });
  }

  private WebResponse balance(ApiRequest request) {
    BigDecimal balance =
        store.read(
            handle -> {
              var users = new Users(handle);
              return users.balance(users.get(request.param("id")).id());
            });
    return Json.ok(Json.object().put("balance", balance));
  }

  private WebResponse changeBalance(ApiRequest request) {
    JsonNode balance = request.body().path("balance");
    if (!balance.isNumber()) {
      throw ApiError.invalid(Map.of("balance", "must be a number"));
    }
    return store.write(
        handle -> {
          var users = new Users(handle);
          users.balance(
              users.get(request.param("id")).id(),
              balance.decimalValue().setScale(5, RoundingMode.HALF_UP));
          return WebResponse.of(200);
        });
  }
}
