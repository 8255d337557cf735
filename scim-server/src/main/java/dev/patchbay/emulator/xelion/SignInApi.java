package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;

/** Logging in, and going on. */
record SignInApi(EmulatedStore store, XelionEmulatorOptions options, Sessions sessions) {
  private static final int LONGEST_USER_SPACE = 200;

  void addTo(XelionRoutes routes) {
    routes.signIn("/me/login", this::logIn).signIn("/me/renew", this::renew);
  }

  private WebResponse logIn(WebRequest request) {
    JsonNode credentials = ApiRequest.payload(request);
    String userName = credentials.path("userName").asText();
    String password = credentials.path("password").asText();
    String userSpace = credentials.path("userSpace").asText();
    check(userName, password, userSpace);
    Caller caller = caller(userName, password);
    // A session whose token comes along is ended first.
    XelionRoutes.token(request).ifPresent(sessions::close);
    ObjectNode answer =
        sessions
            .open(userSpace, userName, caller)
            .orElseThrow(() -> new ApiError(401, 10005, "The user is already logged in"));
    return Json.ok(answer.put("userName", userName).put("tenant", options.tenant()));
  }

  private static void check(String userName, String password, String userSpace) {
    if (userName.isEmpty()) {
      throw new ApiError(400, 10002, "No user name specified");
    }
    if (password.isEmpty()) {
      throw new ApiError(400, 10003, "No password specified");
    }
    if (userSpace.isEmpty()) {
      throw new ApiError(401, 10011, "The user space is missing");
    }
    if (userSpace.length() > LONGEST_USER_SPACE) {
      throw new ApiError(401, 10010, "The user space must not exceed 200 characters");
    }
  }

  private Caller caller(String userName, String password) {
    if (userName.equals(options.userName()) && Passwords.same(password, options.password())) {
      return Caller.ADMINISTRATOR;
    }
    return store.read(
        handle -> {
          var users = new Users(handle);
          String oid = users.called(userName).orElseThrow(SignInApi::wrong);
          if (!Passwords.matches(password, users.password(oid))) {
            throw wrong();
          }
          if (!users.get(oid).path("active").asBoolean()) {
            throw new ApiError(401, 10006, "The account is disabled");
          }
          return Caller.USER;
        });
  }

  private static ApiError wrong() {
    return new ApiError(401, 10004, "Wrong user name, password or tenant");
  }

  /** The renewal token is the payload, a string with nothing around it. */
  private WebResponse renew(WebRequest request) {
    JsonNode renewalToken = ApiRequest.payload(request);
    if (!renewalToken.isTextual()) {
      throw ApiError.invalidPayload("the payload is no string");
    }
    return XelionRoutes.token(request)
        .flatMap(token -> sessions.renew(token, renewalToken.textValue()))
        .map(Json::ok)
        .orElseThrow(ApiError::unauthorized);
  }
}
