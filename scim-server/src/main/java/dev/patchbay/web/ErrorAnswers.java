package dev.patchbay.web;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Puts what Jetty refuses by itself into the surface's own words. */
final class ErrorAnswers implements Request.Handler {
  private final WebErrors errors;

  ErrorAnswers(WebErrors errors) {
    this.errors = errors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    var reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String said = reason instanceof String text ? text : HttpStatus.getMessage(status);
    new Sender(request, response, callback).send(errors.refused(status, said));
    return true;
  }
}
