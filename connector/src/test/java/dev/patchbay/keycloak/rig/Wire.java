package dev.patchbay.keycloak.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Lies between the connector and the bridge, remembers what the connector asked for, and does to a
 * request what it is told.
 */
public final class Wire implements AutoCloseable {
  private static final Set<String> OURS = Set.of("content-length", "transfer-encoding", ":status");

  /** What becomes of a request. */
  public sealed interface Fate {
    /** It passes. */
    record Pass() implements Fate {}

    /** It has its effect, and the answer is lost. */
    record Swallow() implements Fate {}

    /** It has no effect, and this is the answer. */
    record Answer(int status) implements Fate {}

    /** As a server that does not know filters: the answer has everybody. */
    record Unfiltered() implements Fate {}
  }

  private record Rule(String method, String path, Fate fate) {}

  /** A request; the bridge's answer tells whether it had an effect. */
  public record Request(String method, String path, String body, int status) {}

  private final HttpServer server;
  private final URI behind;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> overlaps = new ConcurrentLinkedQueue<>();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private volatile List<Rule> rules = List.of();

  private Wire(HttpServer server, URI behind) {
    this.server = server;
    this.behind = behind;
  }

  /** Leads to that address, such as a SCIM base URL. */
  public static Wire to(URI behind) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var wire = new Wire(HttpServer.create(address, 0), behind);
      wire.server.createContext("/", wire::handle);
      wire.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      wire.server.start();
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Everything that was answered, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What would change something. */
  public List<Request> writes() {
    return requests().stream().filter(it -> !it.method().equals("GET")).toList();
  }

  /** Paths of users and groups that were to be changed while a change of them was under way. */
  public List<String> overlaps() {
    return List.copyOf(overlaps);
  }

  public void forget() {
    requests.clear();
  }

  /** From now on alone this becomes of requests of that method whose path begins like this. */
  public void let(String method, String path, Fate fate) {
    rules = List.of(new Rule(method, path, fate));
  }

  /** From now on everything passes. */
  public void letPass() {
    rules = List.of();
  }

  private Fate fate(HttpExchange exchange) {
    return rules.stream()
        .filter(it -> it.method().equals(exchange.getRequestMethod()))
        .filter(it -> exchange.getRequestURI().toString().startsWith(it.path()))
        .map(Rule::fate)
        .findFirst()
        .orElseGet(Fate.Pass::new);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString();
    boolean ofOne = !exchange.getRequestMethod().equals("GET") && path.lastIndexOf('/') > 0;
    boolean alone = ofOne && underWay.add(path);
    if (ofOne && !alone) {
      overlaps.add(exchange.getRequestMethod() + " " + path);
    }
    try (exchange) {
      answer(exchange);
    } finally {
      if (alone) {
        underWay.remove(path);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      var asked = exchange.getRequestURI();
      switch (fate(exchange)) {
        case Fate.Pass pass -> give(exchange, passed(exchange, asked.toString(), body));
        case Fate.Swallow swallow -> passed(exchange, asked.toString(), body);
        case Fate.Answer(int status) -> {
          note(exchange, body, status);
          exchange.sendResponseHeaders(status, -1);
        }
        case Fate.Unfiltered unfiltered -> give(exchange, passed(exchange, asked.getPath(), body));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<byte[]> passed(HttpExchange exchange, String path, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(behind + path))
            .timeout(Http.LIMIT)
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Type", "Accept", "If-Match")) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, List.of())
          .forEach(it -> request.header(name, it));
    }
    var answer = Http.CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    note(exchange, body, answer.statusCode());
    return answer;
  }

  private void note(HttpExchange exchange, byte[] body, int status) {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            new String(body, java.nio.charset.StandardCharsets.UTF_8),
            status));
  }

  private static void give(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
    exchange.getResponseBody().write(answer.body());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
