package dev.patchbay.keycloak.client;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says in a few words why there was no answer. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (each instanceof SSLException) {
        return "TLS: " + each.getMessage();
      }
      if (each instanceof HttpTimeoutException) {
        return "timed out";
      }
    }
    return failure instanceof ConnectException && failure.getMessage() == null
        ? "connection refused"
        : String.valueOf(failure.getMessage());
  }
}
