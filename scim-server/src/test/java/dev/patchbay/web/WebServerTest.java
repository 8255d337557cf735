package dev.patchbay.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebServerTest {
  private static final int LIMIT = 1000;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final WebLimits limits =
      WebLimits.defaults()
          .withMaxBodyBytes(LIMIT)
          .withIdleTimeout(Duration.ofMillis(500))
          .withStopTimeout(Duration.ofSeconds(10));
  private final WebServer server = start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private WebServer start() {
    var router =
        new Router()
            .add("POST", "/echo", r -> text(r.body()))
            .add("GET", "/param/{name}", r -> text(r.param("name").getBytes(UTF_8)))
            .add("GET", "/query", r -> text(r.query("q").orElse("none").getBytes(UTF_8)))
            .add("GET", "/base", r -> text(r.baseUrl().toString().getBytes(UTF_8)))
            .add("GET", "/remote", r -> text(r.remote().getHostAddress().getBytes(UTF_8)))
            .add("GET", "/long", r -> text("people ".repeat(10_000).getBytes(UTF_8)))
            .add("GET", "/empty", r -> WebResponse.of(204))
            .add("GET", "/cut", r -> WebResponse.cut())
            .add("GET", "/slow", r -> slow())
            .add(
                "GET",
                "/streamed",
                r ->
                    WebResponse.of(200).stream(
                        "text/plain",
                        out -> {
                          for (int i = 0; i < 3; i++) {
                            out.write("part ".getBytes(UTF_8));
                            out.flush();
                          }
                        }))
            .add(
                "GET",
                "/broken-stream",
                r ->
                    WebResponse.of(200).stream(
                        "text/plain",
                        out -> {
                          out.write("half".getBytes(UTF_8));
                          out.flush();
                          throw new IOException("no more rows");
                        }))
            .add(
                "GET",
                "/throws",
                r -> {
                  throw new IllegalStateException("the reason");
                });
    try {
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return WebServer.start(any, limits, router, new PlainErrors());
    } catch (IOException taken) {
      throw new AssertionError(taken);
    }
  }

  private static WebResponse text(byte[] bytes) {
    return WebResponse.of(200).body("text/plain", bytes);
  }

  private WebResponse slow() throws InterruptedException {
    entered.countDown();
    released.await();
    return text("done".getBytes(UTF_8));
  }

  private static final class PlainErrors implements WebErrors {
    @Override
    public WebResponse notFound(WebRequest request) {
      return refused(404, request.path());
    }

    @Override
    public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
      return refused(405, allow.toString());
    }

    @Override
    public WebResponse failed(WebRequest request, Throwable failure) {
      return refused(500, failure.getMessage());
    }

    @Override
    public WebResponse refused(int status, String reason) {
      return WebResponse.of(status).body("text/x-error", (status + "! " + reason).getBytes(UTF_8));
    }
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + server.port() + pathAndQuery);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String pathAndQuery) throws Exception {
    return send(HttpRequest.newBuilder(uri(pathAndQuery)));
  }

  /** Sends bytes no client library would and reads until the server closes. */
  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String rawGet(String target) throws IOException {
    return raw("GET " + target + " HTTP/1.1\r\nHost: pbx.test\r\nConnection: close\r\n\r\n");
  }

  @Test
  void answersWithTheEndpointsBody() throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString("hä")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hä");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
  }

  @Test
  void doesNotSayWhatServerItIs() throws Exception {
    assertThat(get("/echo").headers().map()).doesNotContainKey("server");
    assertThat(rawGet("/%zz")).doesNotContainIgnoringCase("server:").doesNotContain("Jetty");
  }

  @Test
  void anEncodedSlashStaysInsideItsSegment() throws Exception {
    assertThat(get("/param/a%2Fb").body()).isEqualTo("a/b");
    assertThat(get("/param/50%25").body()).isEqualTo("50%");
  }

  @Test
  void queryParametersAreDecoded() throws Exception {
    assertThat(get("/query?q=a+b%20%22c%22&q=second").body()).isEqualTo("a b \"c\"");
    assertThat(get("/query").body()).isEqualTo("none");
    assertThat(rawGet("/query?q={\"a\"}")).endsWith("{\"a\"}");
  }

  @Test
  void theBaseUrlIsWhatTheHostHeaderSays() throws Exception {
    var answer =
        raw(
            String.join(
                "\r\n",
                "GET /base HTTP/1.1",
                "Host: scim.example.com:8443",
                "X-Forwarded-Host: evil.example",
                "Forwarded: host=evil.example",
                "Connection: close",
                "",
                ""));

    assertThat(answer).endsWith("http://scim.example.com:8443");
    assertThat(rawGet("/base")).endsWith("http://pbx.test");
  }

  @Test
  void theRemoteAddressIsTheConnections() throws Exception {
    var request = HttpRequest.newBuilder(uri("/remote")).header("X-Forwarded-For", "10.0.0.1");

    assertThat(send(request).body()).isEqualTo("127.0.0.1");
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    var head = send(HttpRequest.newBuilder(uri("/param/ada")).HEAD());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("3");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void anUnknownPathIsTheSurfacesNotFound() throws Exception {
    var answer = get("/nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("404! /nowhere");
  }

  @Test
  void anotherMethodIsToldWhichOnesThereAre() throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/long")).DELETE());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(answer.body()).isEqualTo("405! [GET, HEAD, OPTIONS]");
  }

  @Test
  void aThrowingEndpointIsTheSurfacesFailure() throws Exception {
    assertThat(get("/throws").body()).isEqualTo("500! the reason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%zz", "/param/%C3", "/param/a%", "/query?q=%zz", "/param/../x%2e%2e/%2e"})
  void malformedUrisAreRefusedInTheSurfacesWords(String target) throws Exception {
    assertThat(rawGet(target)).startsWith("HTTP/1.1 400").contains("text/x-error", "400! ");
  }

  @Test
  void malformedRequestsAreRefusedInTheSurfacesWords() throws Exception {
    assertThat(raw("this is not HTTP\r\n\r\n")).startsWith("HTTP/1.1 400").contains("400! ");
    assertThat(raw("GET /query HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400").contains("400! ");
  }

  @Test
  void aUriOfAHundredKilobytesReachesItsEndpoint() throws Exception {
    assertThat(get("/query?q=" + "x".repeat(128 * 1024)).body()).hasSize(128 * 1024);
  }

  @Test
  void aLongerUriOrHeaderIsRefusedInTheSurfacesWords() throws Exception {
    String much = "x".repeat(300 * 1024);

    assertThat(rawGet("/query?q=" + much)).startsWith("HTTP/1.1 414").contains("414! ");
    assertThat(raw("GET /query HTTP/1.1\r\nHost: a\r\nX: " + much + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("431! ");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 5_000_000})
  void aBodyBeyondTheLimitIsAnsweredNotCut(int size) throws Exception {
    var known = BodyPublishers.ofByteArray(new byte[size]);
    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[size]));

    for (var body : new HttpRequest.BodyPublisher[] {known, chunked}) {
      var answer = send(HttpRequest.newBuilder(uri("/echo")).POST(body));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("413! body larger than 1000 bytes");
    }
    assertThat(get("/param/alive").body()).isEqualTo("alive");
  }

  @Test
  void aBodyOfTheLimitIsTaken() throws Exception {
    var answer =
        send(HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString("x".repeat(LIMIT))));

    assertThat(answer.body()).hasSize(LIMIT);
  }

  @Test
  void aClientThatAsksFirstDoesNotHaveToSendWhatIsTooLarge() throws Exception {
    var answer =
        raw(
            String.join(
                "\r\n",
                "POST /echo HTTP/1.1",
                "Host: a",
                "Expect: 100-continue",
                "Content-Length: 9999999",
                "",
                ""));

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void aBodyNobodyAskedForDoesNotCutTheAnswer() throws Exception {
    var answer =
        send(
            HttpRequest.newBuilder(uri("/nowhere"))
                .POST(BodyPublishers.ofByteArray(new byte[5_000_000])));

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void aHalfSentBodyReachesNoEndpoint() throws Exception {
    var answer = raw("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");

    assertThat(answer).doesNotContain("200");
  }

  @Test
  void longAnswersAreCompressedForWhoAcceptsThat() throws Exception {
    var request = HttpRequest.newBuilder(uri("/long")).header("Accept-Encoding", "gzip").build();

    var answer = client.send(request, BodyHandlers.ofInputStream());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (var plain = new GZIPInputStream(answer.body())) {
      assertThat(plain.readAllBytes()).hasSize(70_000);
    }
  }

  @Test
  void shortAnswersAndPlainClientsGetPlainBytes() throws Exception {
    var small = HttpRequest.newBuilder(uri("/param/ada")).header("Accept-Encoding", "gzip");

    assertThat(send(small).headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(get("/long").body()).hasSize(70_000);
  }

  @Test
  void theBodyLimitHoldsForWhatACompressedBodyUnpacksTo() throws Exception {
    var packed = new java.io.ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[100_000]);
    }

    var answer =
        send(
            HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));

    assertThat(packed.size()).isLessThan(LIMIT);
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void aStreamArrivesWhole() throws Exception {
    assertThat(get("/streamed").body()).isEqualTo("part part part ");
  }

  @Test
  void aStreamThatBreaksCutsTheConnection() {
    assertThatThrownBy(() -> get("/broken-stream")).isInstanceOf(IOException.class);
  }

  @Test
  void aCutAnswersNothing() throws Exception {
    assertThat(raw("GET /cut HTTP/1.1\r\nHost: a\r\n\r\n")).isEmpty();
    assertThat(get("/empty").statusCode()).isEqualTo(204);
  }

  @Test
  void aSlowEndpointIsNotIdle() throws Exception {
    var answer = client.sendAsync(request("/slow"), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    // Twice the idle time passes before the endpoint ends.
    assertThat(released.await(2 * limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
        .isFalse();
    released.countDown();

    assertThat(answer.get().body()).isEqualTo("done");
  }

  @Test
  void closingWaitsForWhatIsInFlight() throws Exception {
    var answer = client.sendAsync(request("/slow"), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    var closing = Thread.ofVirtual().start(server::close);
    assertThat(closing.join(Duration.ofMillis(300))).isFalse();
    released.countDown();

    assertThat(answer.get().body()).isEqualTo("done");
    closing.join();
  }

  @Test
  void aTakenPortIsAnIoException() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

    assertThatThrownBy(() -> WebServer.start(taken, limits, new Router(), new PlainErrors()))
        .isInstanceOf(IOException.class);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }
}
