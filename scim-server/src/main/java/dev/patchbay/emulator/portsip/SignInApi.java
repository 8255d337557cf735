package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.web.WebResponse;
import java.util.Optional;

/** The ways to a token: {@code /auth} since v22.2 and {@code /login/oauth} before it. */
record SignInApi(EmulatedStore store, EmulatedAccess access, Sessions sessions) {
  void addTo(PortSipRoutes routes) {
    if (access.allows(AuthStyle.SIGNIN)) {
      routes
          .signIn("/api/auth/sign_in", Need.NOTHING, this::signIn)
          .signIn("/api/auth/send_otp", Need.NOTHING, this::sendCode)
          .signIn("/api/auth/verify_otp", Need.NOTHING, this::verifyCode)
          .signIn("/api/auth/refresh_token", Need.NOTHING, this::refresh)
          .signIn("/api/auth/sign_out", Need.TOKEN, this::signOut)
          .get("/api/auth/user", Need.TOKEN, this::user);
    }
    if (access.allows(AuthStyle.OAUTH)) {
      routes
          .signIn("/api/login/oauth/token", Need.NOTHING, this::token)
          .signIn("/api/login/oauth/revoke", Need.TOKEN, this::signOut);
    }
  }

  private WebResponse signIn(ApiRequest request) {
    String domain = request.body().path("domain").asText();
    Caller caller = check(request.text("username"), request.text("password"), domain);
    if (access.twoFactor()) {
      return Json.ok(
          Json.object().put("two_factor_enabled", true).put("token", sessions.half(caller)));
    }
    return Json.ok(sessions.open(caller));
  }

  /** Nothing is sent: the code is {@link Sessions#CODE}. */
  private WebResponse sendCode(ApiRequest request) {
    if (!sessions.isHalf(request.text("token"))) {
      throw ApiError.loginFailed();
    }
    return WebResponse.of(200);
  }

  private WebResponse verifyCode(ApiRequest request) {
    return Json.ok(
        sessions
            .whole(request.text("token"), request.text("code"))
            .orElseThrow(ApiError::loginFailed));
  }

  private WebResponse refresh(ApiRequest request) {
    return Json.ok(refreshed(request.text("refresh_token")));
  }

  private ObjectNode refreshed(String token) {
    return sessions.refresh(token).orElseThrow(ApiError::loginFailed);
  }

  private WebResponse signOut(ApiRequest request) {
    Admission.bearer(request.web()).ifPresent(sessions::close);
    return WebResponse.of(200);
  }

  private WebResponse token(ApiRequest request) {
    var form = new FormBody(request.web().body());
    form.required("client_id");
    return switch (form.required("grant_type")) {
      case "password" -> {
        Caller caller =
            check(form.required("username"), form.required("password"), form.required("domain"));
        yield Json.ok(sessions.open(caller));
      }
      case "refresh_token" -> Json.ok(refreshed(form.required("refresh_token")));
      default -> throw ApiError.invalid("grant_type must be password or refresh_token");
    };
  }

  private WebResponse user(ApiRequest request) {
    String role = CurrentUser.of(store, access, request.caller()).path("role").asText();
    return Json.ok(
        Json.object()
            .put("role", role)
            .put("password_verified", true)
            .put("password_force_reset", false));
  }

  private Caller check(String username, String password, String domain) {
    if (!domain.equalsIgnoreCase(access.domain())) {
      throw ApiError.loginFailed();
    }
    if (username.equals(access.username()) && Passwords.same(password, access.password())) {
      return new Caller.ServiceAccount();
    }
    return store
        .read(handle -> user(new Users(handle), username, password))
        .orElseThrow(ApiError::loginFailed);
  }

  private static Optional<Caller> user(Users users, String username, String password) {
    return users
        .named(username)
        .filter(UserRow::enabled)
        .filter(user -> Passwords.matches(password, users.password(user.id())))
        .map(user -> new Caller.User(user.id()));
  }
}
