package dev.patchbay.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A client of one server, with connections of its own. */
record Http(HttpClient client, String base, String token) implements AutoCloseable {
  /** More than the bridge may take to answer anything. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final ObjectMapper JSON = new ObjectMapper();

  static Http to(String base, String token) {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Http(client, base, token);
  }

  Reply send(Request request) throws InterruptedException {
    var body =
        request.body().isEmpty()
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(request.body());
    var http =
        HttpRequest.newBuilder(URI.create(base + request.path()))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(request.method(), body)
            .build();
    try {
      return answered(client.send(http, BodyHandlers.ofString()));
    } catch (ConnectException nobody) {
      return new Reply.NotSent();
    } catch (IOException broken) {
      return new Reply.Lost(String.valueOf(broken.getMessage()));
    }
  }

  private static Reply answered(HttpResponse<String> answer) throws JsonProcessingException {
    var body = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
    var after = answer.headers().firstValueAsLong("Retry-After").orElse(0);
    return new Reply.Answered(answer.statusCode(), body, Duration.ofSeconds(after));
  }

  /** What a server says that has no reason to fail. */
  JsonNode get(String path) throws InterruptedException {
    return switch (send(new Request("GET", path, ""))) {
      case Reply.Answered answer when answer.done() -> answer.body();
      case Reply other -> throw new IllegalStateException("GET " + base + path + ": " + other);
    };
  }

  /** All of a list, page by page; {@code path} makes the address of what follows so many. */
  List<JsonNode> all(String items, Function<Integer, String> path) throws InterruptedException {
    var all = new ArrayList<JsonNode>();
    for (var page = get(path.apply(0)).path(items);
        !page.isEmpty();
        page = get(path.apply(all.size())).path(items)) {
      page.forEach(all::add);
    }
    return all;
  }

  static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
