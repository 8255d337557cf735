package dev.patchbay.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send slowly, or nothing: they hold nothing for long. */
class SlowClientsTest {
  // Far above what the server needs to end a connection here.
  private static final int PATIENCE_MILLIS = 20_000;

  private static final String HEAD =
      "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 100\r\n\r\n";

  private final AtomicInteger worked = new AtomicInteger();
  private WebServer server = start(WebLimits.defaults());

  private WebServer start(WebLimits limits) {
    var router =
        new Router()
            .add(
                "POST",
                "/echo",
                request -> {
                  var body = request.body();
                  worked.incrementAndGet();
                  return WebResponse.of(200).body("text/plain", body);
                })
            .add("POST", "/locked", request -> WebResponse.of(401));
    try {
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return WebServer.start(any, limits.withStopTimeout(Duration.ZERO), router, new Words());
    } catch (IOException taken) {
      throw new AssertionError(taken);
    }
  }

  private void restart(WebLimits limits) {
    server.close();
    server = start(limits);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFloodOfIdleConnectionsKeepsNobodyOutForLong() throws Exception {
    restart(
        WebLimits.defaults()
            .withMaxConnections(10)
            .withIdleTimeout(Duration.ofMinutes(1).dividedBy(25)));
    var flood = new ArrayList<Socket>();
    for (int i = 0; i < 25; i++) {
      flood.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client
          .getOutputStream()
          .write("POST /locked HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
      var status = new byte[12];

      assertThat(client.getInputStream().readNBytes(status, 0, 12)).isEqualTo(12);
      assertThat(new String(status, UTF_8)).isEqualTo("HTTP/1.1 401");
      assertThat(flood.stream().filter(SlowClientsTest::isEnded)).hasSizeGreaterThan(10);
    } finally {
      for (Socket idle : flood) {
        idle.close();
      }
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void aBodyThatStopsComingIsGivenUp() throws Exception {
    restart(WebLimits.defaults().withIdleTimeout(Duration.ofMillis(100)));

    try (var client = client()) {
      send(client, HEAD + "half");

      assertThat(answer(client)).startsWith("HTTP/1.1 408");
      assertThat(worked).hasValue(0);
    }
  }

  @Test
  void aBodyThatComesByteByByteIsGivenUp() throws Exception {
    restart(WebLimits.defaults().withBodyTimeout(Duration.ofNanos(1)));

    try (var client = client()) {
      send(client, HEAD + "h");

      assertThat(answer(client)).startsWith("HTTP/1.1 408");
      assertThat(worked).hasValue(0);
    }
  }

  @Test
  void aBodyIsNotReadBeforeItsSenderIsKnown() throws Exception {
    try (var client = client()) {
      send(
          client,
          """
          POST /locked HTTP/1.1
          Host: a
          Expect: 100-continue
          Content-Length: 100

          """
              .replace("\n", "\r\n"));

      assertThat(answer(client)).startsWith("HTTP/1.1 401");
    }
  }

  private Socket client() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** What the server says before it ends the connection. */
  private static String answer(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), UTF_8);
  }

  private static final class Words implements WebErrors {
    @Override
    public WebResponse notFound(WebRequest request) {
      return refused(404, "");
    }

    @Override
    public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
      return refused(405, "");
    }

    @Override
    public WebResponse failed(WebRequest request, Throwable failure) {
      return refused(500, "");
    }

    @Override
    public WebResponse refused(int status, String reason) {
      return WebResponse.of(status);
    }
  }
}
