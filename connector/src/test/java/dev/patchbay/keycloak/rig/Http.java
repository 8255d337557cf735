package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Sends JSON to one server, as somebody with a token. In bodies {@code '} stands for {@code "}. */
public record Http(URI base, Supplier<String> token) {
  // One for all: each keeps threads of its own. HTTP/1.1, as a reset of HTTP/2 fails everybody's
  // requests.
  static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  // Far above what any answer takes; a test that hangs fails with a name.
  static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PAGE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Http to(URI base, String token) {
    return new Http(base, () -> token);
  }

  /** Asks without asserting anything; throws {@link UncheckedIOException} where nobody answers. */
  public Answer send(String method, String path, Optional<String> body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token.get())
            .header("Accept", "application/json")
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    body.ifPresent(some -> request.header("Content-Type", "application/json"));
    return sent(request.build());
  }

  static Answer sent(HttpRequest request) {
    try {
      return Answer.of(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonNode get(String path) {
    return send("GET", path, Optional.empty()).done().json();
  }

  public Answer post(String path, String body) {
    return send("POST", path, Optional.of(json(body))).done();
  }

  /** Without a body. */
  public Answer post(String path) {
    return send("POST", path, Optional.empty()).done();
  }

  public Answer put(String path, String body) {
    return send("PUT", path, Optional.of(json(body))).done();
  }

  public Answer delete(String path) {
    return send("DELETE", path, Optional.empty()).done();
  }

  public Answer delete(String path, String body) {
    return send("DELETE", path, Optional.of(json(body))).done();
  }

  /** All of a list; {@code path} asks for what follows so many. */
  List<JsonNode> all(String items, IntFunction<String> path) {
    var all = new ArrayList<JsonNode>();
    JsonNode page;
    do {
      page = get(path.apply(all.size())).path(items);
      page.forEach(all::add);
    } while (page.size() == PAGE);
    return all;
  }

  static boolean answers(URI address) {
    try {
      return sent(HttpRequest.newBuilder(address).timeout(LIMIT).build()).status() < 500;
    } catch (UncheckedIOException nobody) {
      return false;
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
