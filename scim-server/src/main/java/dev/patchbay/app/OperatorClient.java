package dev.patchbay.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a running bridge over its operators' API, for the commands that need one. */
final class OperatorClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI bridge;
  private final Secret token;

  OperatorClient(URI bridge, Secret token) {
    this.bridge = bridge;
    this.token = token;
  }

  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  void post(String path) {
    send(request(path).POST(BodyPublishers.noBody()).build());
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** As a part of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(bridge.toString().replaceAll("/$", "") + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token.reveal());
  }

  private JsonNode send(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw CommandFailed.because(refusal(answer));
      }
      return answer.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw CommandFailed.because("no bridge answers at " + bridge + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.because("interrupted", e);
    }
  }

  private String refusal(HttpResponse<String> answer) throws IOException {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    return type.startsWith("application/problem+json")
        ? MAPPER.readTree(answer.body()).path("detail").asText()
        : bridge + " answered " + answer.statusCode() + ": is it a bridge?";
  }

  @Override
  public void close() {
    http.close();
  }
}
