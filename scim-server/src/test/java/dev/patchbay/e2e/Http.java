package dev.patchbay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP client of one base address, or of several that take turns.
 *
 * @param headers of every request
 * @param sent counts what was sent, to all addresses together
 */
public record Http(List<URI> bases, Map<String, String> headers, AtomicInteger sent) {
  // One for all: each keeps threads of its own.
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  // Far above what any answer takes; a test that hangs fails with a name.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  public Http {
    bases = List.copyOf(bases);
    headers = Map.copyOf(headers);
  }

  public Http(URI base, Map<String, String> headers) {
    this(List.of(base), headers, new AtomicInteger());
  }

  public static Http of(URI base, String token) {
    return of(List.of(base), token);
  }

  static Http of(List<URI> bases, String token) {
    return new Http(bases, Map.of("Authorization", "Bearer " + token), new AtomicInteger());
  }

  /** The address, or the first of them. */
  public URI base() {
    return bases.getFirst();
  }

  private URI next() {
    return bases.get(Math.floorMod(sent.getAndIncrement(), bases.size()));
  }

  /** With a header changed or added; an empty value leaves it out. */
  public Http with(String name, String value) {
    var changed = new LinkedHashMap<>(headers);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Http(bases, changed, sent);
  }

  public Answer send(String method, String path, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(next() + encoded(path)))
            .timeout(LIMIT)
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    headers.forEach(request::header);
    try {
      return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Filters are written plainly; what a sender has encoded itself stays. */
  private static String encoded(String path) {
    var out = new StringBuilder();
    path.codePoints()
        .forEach(
            c -> {
              if (" \"<>\\^`{|}[]".indexOf(c) >= 0) {
                out.append("%%%02X".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
