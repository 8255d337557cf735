package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.config.Authentication.ClientCredentials;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A token of the client credentials grant (RFC 6749 §4.4), fetched anew before it ends. */
final class FetchedToken implements BearerTokens {
  /** A token that ends while a request is under way is worth nothing. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ClientCredentials credentials;
  private final HttpClient http;
  private final Clock clock;
  private Optional<String> token = Optional.empty();
  private Instant until = Instant.MIN;

  FetchedToken(ClientCredentials credentials, HttpClient http, Clock clock) {
    this.credentials = credentials;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public synchronized String current() {
    if (token.isEmpty() || !clock.instant().isBefore(until)) {
      JsonNode answer = fetch();
      token = Optional.of(answer.path("access_token").asText());
      until = clock.instant().plusSeconds(answer.path("expires_in").asLong(60)).minus(MARGIN);
    }
    return token.get();
  }

  @Override
  public synchronized boolean refused(String refused) {
    if (token.filter(refused::equals).isPresent()) {
      token = Optional.empty();
    }
    return true;
  }

  private JsonNode fetch() {
    var answer = Answers.within(LIMIT, http, request(), Content.asText(), credentials.tokenUrl());
    if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
      throw new Unavailable(said(answer), Optional.empty());
    }
    JsonNode body =
        answer.statusCode() == 200
            ? answer.body().json().orElseGet(MissingNode::getInstance)
            : MissingNode.getInstance();
    if (!body.path("access_token").isTextual()) {
      throw new Unauthorized(said(answer));
    }
    return body;
  }

  private String said(HttpResponse<Content> answer) {
    return "no token from " + credentials.tokenUrl() + ": HTTP " + answer.statusCode();
  }

  private HttpRequest request() {
    String form = "grant_type=client_credentials";
    if (!credentials.scope().isEmpty()) {
      form += "&scope=" + encode(credentials.scope());
    }
    // RFC 6749 §2.3.1: both are form-encoded before they are joined
    String basic = encode(credentials.clientId()) + ":" + encode(credentials.clientSecret());
    return HttpRequest.newBuilder(credentials.tokenUrl())
        .timeout(LIMIT)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
