package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.client.ScimClient;
import dev.patchbay.keycloak.config.TargetConfig;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/** Asks a target whether it is there and lets us in, before its settings are saved. */
public final class TargetCheck {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private TargetCheck() {}

  /**
   * Returns if it can be used.
   *
   * @throws dev.patchbay.keycloak.client.ScimFailure if it cannot be used, and why
   */
  public static void reach(TargetConfig target) {
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    new ScimClient(target, http, Clock.systemUTC(), () -> true).serviceProviderConfig();
  }
}
