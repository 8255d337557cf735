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
    new Sender(request, response, callback).send(errors.refused(status, reason(request, status)));
    return true;
  }

  private static String reason(Request request, int status) {
    // What went wrong inside is no client's business.
    boolean clients = HttpStatus.isClientError(status);
    return clients && request.getAttribute(ErrorHandler.ERROR_MESSAGE) instanceof String text
        ? text
        : HttpStatus.getMessage(status);
  }
}
