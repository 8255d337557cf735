package dev.patchbay.keycloak.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where requests may go. */
final class HttpUrls {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

  private HttpUrls() {}

  /** A base URL, without the slash at its end; none if it is none, or has a user or a query. */
  static Optional<URI> parse(String text) {
    try {
      var url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      boolean plain =
          http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null;
      return plain ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether others than this machine can read what is sent. */
  static boolean isReadableOnTheWay(URI url) {
    return url.getScheme().equals("http") && !THIS_MACHINE.matcher(host(url)).matches();
  }

  /** Whether what was sent to one may be read by somebody else when it is sent to the other. */
  static boolean leadsElsewhere(URI before, URI now) {
    return !host(before).equals(host(now))
        || port(before) != port(now)
        || !before.getScheme().equals(now.getScheme());
  }

  private static String host(URI url) {
    return url.getHost().toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
  }
}
