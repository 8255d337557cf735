package dev.patchbay.pbx.http;

import dev.patchbay.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One request to a PBX.
 *
 * @param name what messages call it: the port's name of the call, no ids and no values
 * @param path from the PBX's base URL on, encoded, with the query
 * @param turn whether it goes before others
 */
public record HttpCall(
    String name, Kind kind, String method, String path, Optional<HttpBody> body, Turn turn) {

  /** What an answer that does not come leaves behind. */
  public enum Kind {
    /** Nothing; log-ins count as reads, since they change nobody's account. */
    READ,
    /** Doubt. */
    EFFECT
  }

  /** What a request carries, as text. */
  public record HttpBody(String contentType, Secret text) {}

  public static HttpCall read(String name, String path) {
    return new HttpCall(name, Kind.READ, "GET", path, Optional.empty(), Turn.USUAL);
  }

  /** A POST that changes something on the PBX and carries no body. */
  public static HttpCall effect(String name, String path) {
    return new HttpCall(name, Kind.EFFECT, "POST", path, Optional.empty(), Turn.USUAL);
  }

  /** A POST that changes something on the PBX. */
  public static HttpCall effect(String name, String path, HttpBody body) {
    return new HttpCall(name, Kind.EFFECT, "POST", path, Optional.of(body), Turn.USUAL);
  }

  /** A POST that changes nobody's account, such as a log-in, which all others wait for. */
  public static HttpCall logIn(String name, String path, HttpBody body) {
    return new HttpCall(name, Kind.READ, "POST", path, Optional.of(body), Turn.FIRST);
  }

  public HttpCall with(Turn other) {
    return new HttpCall(name, kind, method, path, body, other);
  }

  /** {@code text} as one path segment or query value. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
