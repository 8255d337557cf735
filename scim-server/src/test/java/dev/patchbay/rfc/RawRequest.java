package dev.patchbay.rfc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.patchbay.e2e.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests that the JDK's client does not send: a header twice, a broken address. */
final class RawRequest {
  private RawRequest() {}

  /** Sends one without a body, with these lines added to its headers. */
  static Answer to(Scim scim, String method, String path, String... headers) {
    return send(scim, method, path, new byte[0], headers);
  }

  /** Sends a body without its type. */
  static Answer post(Scim scim, String path, byte[] body) {
    return send(scim, "POST", path, body, "Content-Length: " + body.length);
  }

  private static Answer send(
      Scim scim, String method, String path, byte[] body, String... headers) {
    var base = scim.base();
    var lines =
        Stream.concat(
            Stream.of(
                method + " " + base.getPath() + path + " HTTP/1.1",
                "Host: " + base.getAuthority(),
                "Authorization: " + scim.authorization(),
                "Connection: close"),
            Stream.of(headers));
    var request = lines.collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().write(body);
      return answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(String text) {
    var parts = text.split("\r\n\r\n", 2);
    var lines = parts[0].split("\r\n");
    Map<String, List<String>> headers =
        Stream.of(lines)
            .skip(1)
            .map(it -> it.split(": ?", 2))
            .collect(
                Collectors.groupingBy(
                    it -> it[0], Collectors.mapping(it -> it[1], Collectors.toList())));
    var status = Integer.parseInt(lines[0].split(" ", 3)[1]);
    return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), parts[1]);
  }
}
