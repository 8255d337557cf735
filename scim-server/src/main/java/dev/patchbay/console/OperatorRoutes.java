package dev.patchbay.console;

import dev.patchbay.config.KnownTokens;
import dev.patchbay.config.Secret;
import dev.patchbay.web.Endpoint;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.Optional;

/**
 * Lets operators in, below {@code /api/v1}.
 *
 * @param operators names by token
 */
record OperatorRoutes(Router router, KnownTokens<String> operators) {
  private static final String SCHEME = "Bearer ";

  /** What an endpoint does for a named operator. */
  @FunctionalInterface
  interface OperatorEndpoint {
    WebResponse handle(WebRequest request, String operator);
  }

  OperatorRoutes add(String method, String path, OperatorEndpoint endpoint) {
    Endpoint guarded =
        request -> {
          var operator = operator(request);
          return operator.isPresent()
              ? endpoint.handle(request, operator.get())
              : Problem.of(401, "a token of an operator is required")
                  .header("WWW-Authenticate", "Bearer");
        };
    router.add(method, "/api/v1" + path, guarded);
    return this;
  }

  private Optional<String> operator(WebRequest request) {
    return request
        .header("Authorization")
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip())
        .filter(token -> !token.isEmpty())
        .flatMap(token -> operators.find(Secret.of(token)));
  }
}
