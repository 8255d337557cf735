package dev.patchbay.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP server that does to the n-th request what the n-th turn says (the last turn to all that
 * follow), and keeps what it was sent.
 */
public final class ScriptedServer implements AutoCloseable {

  /** What happens to one request. */
  public interface Turn {
    void serve(Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final List<Turn> turns;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private ScriptedServer(ServerSocket listener, List<Turn> turns) {
    this.listener = listener;
    this.turns = turns;
  }

  public static ScriptedServer start(Turn... turns) {
    try {
      var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var server = new ScriptedServer(listener, List.of(turns));
      Thread.ofVirtual().start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with this status, these headers (each ended by CRLF) and this body. */
  public static Turn answer(int status, String headers, String body) {
    int length = body.getBytes(UTF_8).length;
    return raw(
        "HTTP/1.1 "
            + status
            + " X\r\n"
            + headers
            + "Content-Length: "
            + length
            + "\r\n\r\n"
            + body);
  }

  public static Turn json(int status, String body) {
    return answer(status, "Content-Type: application/json\r\n", body);
  }

  public static Turn raw(String bytes) {
    return connection -> {
      connection.getOutputStream().write(bytes.getBytes(UTF_8));
      connection.getOutputStream().flush();
    };
  }

  /** Cuts the connection so that the client sees "connection reset". */
  public static Turn reset() {
    return connection -> {
      connection.setSoLinger(true, 0);
      connection.close();
    };
  }

  /** Ends the connection in good order, without an answer. */
  public static Turn hangUp() {
    return Socket::close;
  }

  public static Turn silence() {
    return connection -> {};
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The requests so far, head and body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public List<String> posts() {
    return requests.stream().filter(request -> request.startsWith("POST ")).toList();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try {
      InputStream in = connection.getInputStream();
      for (String request = read(in); !request.isEmpty(); request = read(in)) {
        requests.add(request);
        turns.get(Math.min(requests.size(), turns.size()) - 1).serve(connection);
      }
    } catch (IOException ended) {
      // the client or a turn ended it
    }
  }

  private static String read(InputStream in) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      text.append((char) next);
    }
    return text + new String(in.readNBytes(contentLength(text.toString())), ISO_8859_1);
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
