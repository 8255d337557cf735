package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where the bridge is that an operator's command speaks to; the token is in the environment. */
final class OperatorFlags {
  private static final String TOKEN = "PATCHBAY_OPERATOR_TOKEN";

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8080",
      description = "The bridge (default: ${DEFAULT-VALUE}).")
  private URI url;

  @SuppressWarnings("NullAway.Init") // picocli sets the field before anything reads it
  OperatorFlags() {}

  OperatorClient bridge() {
    return bridge(url);
  }

  static OperatorClient bridge(URI url) {
    String token = System.getenv(TOKEN);
    if (token == null || token.isBlank()) {
      throw CommandFailed.because(TOKEN + " is not set: expected the token of an operator");
    }
    return new OperatorClient(url, Secret.of(token));
  }
}
