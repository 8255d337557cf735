package dev.patchbay.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request as bytes on a connection of its own, whatever HTTP thinks of it. */
final class RawHttp {
  // Far above what any answer takes; a test that hangs fails with a name.
  private static final int LIMIT_MILLIS = 30_000;

  private RawHttp() {}

  /** The first answer; empty if the connection ended without one. */
  static Optional<Answer> send(int port, HostileRequest request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      write(socket, request);
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it all, as most clients do, even if the answer is there before. */
  private static void write(Socket socket, HostileRequest request) {
    try {
      socket.getOutputStream().write(request.head());
      socket.getOutputStream().write(request.body());
      socket.shutdownOutput();
    } catch (IOException refused) {
      // the answer says why
    }
  }

  private static Optional<Answer> answer(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    if (status < 200) {
      return answer(in);
    }
    var headers = headers(lines.subList(1, lines.size()));
    var length = headers.firstValueAsLong("Content-Length");
    var body =
        length.isPresent() ? in.readNBytes(Math.toIntExact(length.getAsLong())) : in.readAllBytes();
    return Optional.of(new Answer(status, headers, new String(body, StandardCharsets.UTF_8)));
  }

  private static HttpHeaders headers(List<String> lines) {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      var parts = line.split(":", 2);
      headers.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1].strip());
    }
    return HttpHeaders.of(Map.copyOf(headers), (name, value) -> true);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
