package dev.patchbay.pbx.http;

import static dev.patchbay.pbx.http.ScriptedServer.answer;
import static dev.patchbay.pbx.http.ScriptedServer.hangUp;
import static dev.patchbay.pbx.http.ScriptedServer.json;
import static dev.patchbay.pbx.http.ScriptedServer.raw;
import static dev.patchbay.pbx.http.ScriptedServer.reset;
import static dev.patchbay.pbx.http.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import dev.patchbay.pbx.http.ScriptedServer.Turn;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PbxHttpTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration LONG = Duration.ofSeconds(20);
  // Longer than a turn takes on a busy machine, short enough to be waited for.
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final HttpCall READ = HttpCall.read("user list", "/api/users");
  private static final HttpCall CREATE =
      HttpCall.effect("CreateUser", "/api/users", new HttpBody("text/plain", Secret.of("ada")));
  private static final HttpCall DELETE = HttpCall.effect("DeleteUser", "/api/users/1/destroy");
  private static final Turn OK = json(200, "{}");

  private final List<AutoCloseable> opened = new ArrayList<>();

  private ScriptedServer server(Turn... turns) {
    var server = ScriptedServer.start(turns);
    opened.add(server);
    return server;
  }

  private PbxHttp http(URI base) {
    return http(base, LONG, new RequestLimits(2, 0));
  }

  private PbxHttp http(URI base, Duration callLimit, RequestLimits limits) {
    var http = new PbxHttp("office", base, callLimit, limits, CLOCK);
    opened.add(0, http);
    return http;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private static HttpAnswer send(PbxHttp http, HttpCall call, Duration limit) {
    return http.send(call, Optional.of(Credential.bearer(Secret.of("hidden-token"))), limit);
  }

  static List<Turn> cuts() {
    return List.of(reset(), hangUp(), raw("HTTP/1.1 2"), raw("gar\r\nbage\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void sendsAnEffectOnceWhenAPooledConnectionIsCut(Turn cut) {
    var server =
        server(
            OK,
            connection -> {
              cut.serve(connection);
              connection.close();
            },
            OK);
    var http = http(server.uri());
    send(http, READ, LONG);

    var thrown = catchThrowable(() -> send(http, CREATE, LONG));

    assertThat(thrown).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.posts()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void sendsAnEffectWithoutABodyOnceToo(Turn cut) {
    var server =
        server(
            connection -> {
              cut.serve(connection);
              connection.close();
            },
            OK);
    var http = http(server.uri());

    var thrown = catchThrowable(() -> send(http, DELETE, LONG));

    assertThat(thrown).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.posts()).hasSize(1);
  }

  @Test
  void saysOutcomeUnknownWhenNoAnswerComesInTime() {
    var http = http(server(silence()).uri());

    assertThatThrownBy(() -> send(http, CREATE, SHORT)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void countsTheBodyOfTheAnswerInTheLimit() {
    var server = server(raw("HTTP/1.1 201 X\r\nContent-Length: 10\r\n\r\n{"));
    var http = http(server.uri());

    assertThatThrownBy(() -> send(http, CREATE, SHORT)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void takesNoMoreOfABodyThanItsBound() {
    var server = server(answer(200, "", "x".repeat(9 << 20)));
    var http = http(server.uri());

    assertThatThrownBy(() -> send(http, CREATE, LONG)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void saysUnavailableWhenAReadIsCut() {
    var http = http(server(reset()).uri());

    assertThatThrownBy(() -> send(http, READ, LONG)).isInstanceOf(Unavailable.class);
  }

  @Test
  void saysUnavailableWhenNobodyListens() {
    var gone = ScriptedServer.start(OK);
    gone.close();
    var http = http(gone.uri());

    assertUnavailable(Cause.UNREACHABLE, () -> send(http, CREATE, LONG));
    assertUnavailable(Cause.UNREACHABLE, () -> send(http, DELETE, LONG));
  }

  @Test
  void saysUnavailableWhenTheHostHasNoAddress() {
    var http = http(URI.create("http://pbx.invalid:8887"));

    assertUnavailable(Cause.UNREACHABLE, () -> send(http, CREATE, LONG));
  }

  @Test
  void saysUnavailableWhenTheServerSpeaksNoTls() {
    var plain = ScriptedServer.start(OK);
    opened.add(plain);
    var http = http(URI.create("https://127.0.0.1:" + plain.uri().getPort()));

    // Waiting for the end of a head that never ends, the server leaves the handshake unanswered.
    assertUnavailable(Cause.UNREACHABLE, () -> send(http, CREATE, SHORT));
  }

  @Test
  void followsNoRedirect() {
    var elsewhere = server(OK);
    var server = server(answer(307, "Location: " + elsewhere.uri() + "/api/users\r\n", ""));
    var http = http(server.uri());

    assertUnavailable(Cause.UNREACHABLE, () -> send(http, CREATE, LONG));
    assertThat(elsewhere.requests()).isEmpty();
  }

  @Test
  void saysThrottledWhenAllConnectionsAreBusy() {
    var server = server(silence());
    var http = http(server.uri(), SHORT, new RequestLimits(2, 0));
    for (int call = 0; call < 2; call++) {
      Thread.ofVirtual()
          .start(() -> assertUnavailable(Cause.UNREACHABLE, () -> send(http, READ, LONG)));
    }
    await().until(() -> server.requests().size() == 2);

    assertUnavailable(Cause.THROTTLED, () -> send(http, CREATE, SHORT));
    assertThat(server.posts()).isEmpty();
  }

  @Test
  void sendsNoMoreThanAMinuteAllows() {
    var server = server(OK, OK);
    var http = http(server.uri(), SHORT, new RequestLimits(2, 1));

    send(http, READ, LONG);

    assertUnavailable(Cause.THROTTLED, () -> send(http, CREATE, LONG));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void sendsItsPartOfWhatAMinuteAllowsOnceThereAreMore() {
    var server = server(OK, OK, OK);
    var bridges = new AtomicInteger(1);
    var http = http(server.uri(), SHORT, new RequestLimits(2, 120, bridges::get));
    send(http, READ, LONG);
    assertThat(http.traffic().perMinute()).isEqualTo(120);

    bridges.set(120);

    assertThat(http.traffic().perMinute()).isOne();
    send(http, READ, LONG);
    assertUnavailable(Cause.THROTTLED, () -> send(http, CREATE, LONG));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void sendsNothingWhenTheTimeIsOver() {
    var server = server(OK);
    var http = http(server.uri());

    assertUnavailable(Cause.UNREACHABLE, () -> send(http, CREATE, Duration.ZERO));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void sendsTheTokenAndTheBody() {
    var server = server(json(201, "{\"id\":\"ä\"}"));

    var answer = send(http(server.uri()), CREATE, LONG);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("{\"id\":\"ä\"}");
    assertThat(server.requests().getFirst())
        .startsWith("POST /api/users HTTP/1.1\r\n")
        .contains("Authorization: Bearer hidden-token\r\n", "Content-Type: text/plain\r\n")
        .endsWith("\r\n\r\nada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "Sat, 01 Mar 2025 12:00:17 GMT"})
  void readsHowLongToStayAway(String header) {
    var server = server(answer(429, "Retry-After: " + header + "\r\n", ""));

    var answer = send(http(server.uri()), READ, LONG);

    assertThat(answer.retryAfter()).contains(Duration.ofSeconds(17));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "Sat, 01 Mar", "99999999999999"})
  void ignoresARetryAfterThatIsNone(String header) {
    var server = server(answer(429, "Retry-After: " + header + "\r\n", ""));

    assertThat(send(http(server.uri()), READ, LONG).retryAfter()).isEmpty();
  }

  @Test
  void measuresHowFarThePbxClockIsAhead() {
    var server = server(answer(200, "Date: Sat, 01 Mar 2025 12:03:00 GMT\r\n", "{}"));
    var http = http(server.uri());

    send(http, READ, LONG);

    assertThat(http.skew()).isCloseTo(Duration.ofMinutes(3), Duration.ofSeconds(1));
  }

  @Test
  void printsNoSecrets() {
    var thrown = catchThrowable(() -> send(http(server(reset()).uri()), CREATE, LONG));

    assertThat(CREATE.toString()).doesNotContain("ada");
    assertThat(new HttpAnswer(200, Optional.empty(), Optional.empty(), "secret").toString())
        .doesNotContain("secret");
    assertThat(thrown.toString()).doesNotContain("ada", "hidden-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "yes"})
  void refusesAJavaThatSendsCallsTwice(String setting) {
    assertThatThrownBy(() -> PbxHttp.refuseResending(setting))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("enableAllMethodRetry");
  }

  private static void assertUnavailable(Cause cause, Runnable send) {
    assertThatThrownBy(send::run)
        .isInstanceOfSatisfying(
            Unavailable.class, thrown -> assertThat(thrown.why()).isEqualTo(cause));
  }
}
