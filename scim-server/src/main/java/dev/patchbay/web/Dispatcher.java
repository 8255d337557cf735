package dev.patchbay.web;

import java.util.Optional;
import java.util.SortedSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request: read it, route it, answer it. */
final class Dispatcher extends Handler.Abstract {
  /** SCIM knows nine; what Jetty needs for them grows with the square of their number. */
  private static final int MAX_PARAMETERS = 100;

  private final Router router;
  private final WebErrors errors;
  private final WebLimits limits;

  Dispatcher(Router router, WebErrors errors, WebLimits limits) {
    this.router = router;
    this.errors = errors;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // A running endpoint is not idle, however long its phone system takes to answer.
    request.addIdleTimeoutListener(timeout -> false);
    var body = new RequestBody(request, limits);
    WebResponse answer = answer(request, body);
    if (!body.drain()) {
      answer = answer.header(HttpHeader.CONNECTION.asString(), "close");
    }
    new Sender(request, response, callback).send(answer);
    return true;
  }

  private WebResponse answer(Request request, RequestBody body) {
    if (parameters(request) > MAX_PARAMETERS) {
      return errors.refused(400, "more than " + MAX_PARAMETERS + " query parameters");
    }
    if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      return errors.refused(415, "the only content coding of a body is gzip");
    }
    try {
      var web = WebRequest.of(request, body);
      return switch (router.match(web.method(), web.path())) {
        case Router.Match.Found found -> run(web, found);
        case Router.Match.OtherMethods other -> notAllowed(web, other.allow());
        case Router.Match.Nothing nothing -> errors.notFound(web);
      };
    } catch (IllegalArgumentException malformed) {
      return errors.refused(400, "malformed URI");
    }
  }

  private static long parameters(Request request) {
    var query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    return query.chars().filter(c -> c == '&').count() + 1;
  }

  private WebResponse run(WebRequest web, Router.Match.Found found) {
    WebRequest routed = web.routed(found.params());
    try {
      return found.endpoint().handle(routed);
    } catch (RequestBody.Refused body) {
      return errors.refused(body.status(), body.reason());
    } catch (Exception failure) {
      return errors.failed(routed, failure);
    }
  }

  /** OPTIONS asks for no more than that. */
  private WebResponse notAllowed(WebRequest web, SortedSet<String> allow) {
    var answer =
        web.method().equals("OPTIONS") ? WebResponse.of(204) : errors.methodNotAllowed(web, allow);
    return answer.header(HttpHeader.ALLOW.asString(), String.join(", ", allow));
  }
}
