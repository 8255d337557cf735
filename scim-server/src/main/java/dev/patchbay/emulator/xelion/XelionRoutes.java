package dev.patchbay.emulator.xelion;

import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.Optional;

/** Adds API calls, each with the session it needs. */
final class XelionRoutes {
  private static final String SCHEME = "xelion ";

  private final Routes routes;
  private final Sessions sessions;
  private final XelionEmulatorOptions options;

  /** What a call does once it is let in. */
  @FunctionalInterface
  interface Action {
    WebResponse run(ApiRequest request);
  }

  XelionRoutes(Routes routes, Sessions sessions, XelionEmulatorOptions options) {
    this.routes = routes;
    this.sessions = sessions;
    this.options = options;
  }

  /** The path of a resource as links name it. */
  String path(String resource) {
    return "/api/v1/" + options.tenant() + resource;
  }

  XelionRoutes call(String method, String resource, Caller least, Action action) {
    routes.call(method, path(resource), request -> inSession(request, least, action));
    return this;
  }

  /** A call that gives tokens. */
  XelionRoutes signIn(String resource, Routes.Action action) {
    routes.signIn("POST", path(resource), request -> told(request, action));
    return this;
  }

  private WebResponse inSession(WebRequest request, Caller least, Action action) {
    return told(request, web -> admitted(web, least, action));
  }

  private WebResponse admitted(WebRequest request, Caller least, Action action) {
    Sessions.Session session =
        token(request).flatMap(sessions::session).orElseThrow(ApiError::unauthorized);
    if (session.caller().compareTo(least) > 0) {
      throw ApiError.forbidden();
    }
    try {
      if (session.underWay().incrementAndGet() > options.atOnce()) {
        throw ApiError.tooMany();
      }
      return action.run(new ApiRequest(request));
    } finally {
      session.underWay().decrementAndGet();
    }
  }

  /** Refusals name the resource. */
  private WebResponse told(WebRequest request, Routes.Action action) {
    try {
      return action.run(request);
    } catch (ApiError refusal) {
      if (refusal.isServerError() && options.undocumented().is(Otherwise.BARE_SERVER_ERRORS)) {
        return Json.answer(500, Json.object());
      }
      return refusal.answer(request.method() + " " + request.path());
    }
  }

  /** The token of the Authorization header. */
  static Optional<String> token(WebRequest request) {
    return request
        .header("Authorization")
        .filter(header -> header.startsWith(SCHEME))
        .map(header -> header.substring(SCHEME.length()).strip());
  }
}
