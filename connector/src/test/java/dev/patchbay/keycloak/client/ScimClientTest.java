package dev.patchbay.keycloak.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.config.TargetConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.keycloak.component.ComponentModel;

class ScimClientTest {
  private static final ObjectNode USER =
      new ObjectMapper().createObjectNode().put("userName", "ada");
  private static final PatchRequest CHANGE = new PatchRequest(new ArrayList<>());

  /**
   * What the server answers next; {@code status 0} hangs up, {@code status 1} begins a good answer
   * and stalls.
   */
  private record Answer(int status, Map<String, String> headers, String body) {}

  private static final int HANGS_UP = 0;
  private static final int STALLS = 1;

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    exchange.getRequestBody().readAllBytes();
    Answer answer = answers.remove();
    if (answer.status() == HANGS_UP) {
      exchange.close();
      return;
    }
    if (answer.status() == STALLS) {
      stall(exchange);
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** As a proxy that dies after the first line of a body. */
  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void anAnswerThatStallsInItsBodyIsNone() {
    given(STALLS, "");
    var component = component();
    component.put("requestTimeoutSeconds", "1");

    assertThatThrownBy(() -> client(target(component)).create(ResourceKind.USER, USER))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void createsWithTheTokenAndReadsTheId() {
    given(201, "{\"id\":\"7\"}");

    assertThat(client().create(ResourceKind.USER, USER).path("id").asText()).isEqualTo("7");
    assertThat(requests).containsExactly("POST /scim/Users Bearer secret");
  }

  @Test
  void aCreateWithoutAnIdFailed() {
    given(201, "{}");

    assertThatThrownBy(() -> client().create(ResourceKind.USER, USER)).isInstanceOf(Failed.class);
  }

  @Test
  void saysWhatTheTargetSaysAndWhatItDidNotUnderstand() {
    given(400, "{\"detail\":\"emails: not an address\"}");

    assertThatThrownBy(() -> client().patch(ResourceKind.USER, "7", CHANGE))
        .isInstanceOf(Rejected.class)
        .hasMessage("PATCH /Users/7: HTTP 400, emails: not an address");
  }

  @Test
  void sendsARepeatableRequestAgainWhenTheAnswerIsLost() {
    given(HANGS_UP, "");
    given(200, "{\"id\":\"7\"}");

    client().patch(ResourceKind.USER, "7", CHANGE);

    assertThat(requests).hasSize(2);
  }

  @Test
  void sendsACreateOnce() {
    given(HANGS_UP, "");

    assertThatThrownBy(() -> client().create(ResourceKind.USER, USER))
        .isInstanceOf(Unavailable.class);
    assertThat(requests).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheTargetAsks() {
    answers.add(new Answer(503, Map.of("Retry-After", "17"), ""));

    assertThatThrownBy(() -> client().patch(ResourceKind.USER, "7", CHANGE))
        .isInstanceOfSatisfying(
            Unavailable.class, it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(17)));
    assertThat(requests).hasSize(1);
  }

  @Test
  void sendsNothingMoreToATargetThatIsAskedTooMuch() {
    answers.add(new Answer(429, Map.of("Retry-After", "17"), ""));
    var client = client();
    assertThatThrownBy(() -> client.patch(ResourceKind.USER, "7", CHANGE))
        .isInstanceOf(Unavailable.class);

    assertThatThrownBy(() -> client.patch(ResourceKind.USER, "8", CHANGE))
        .isInstanceOf(Postponed.class);

    assertThat(requests).hasSize(1);
    client.resume();
    given(200, "{}");
    client.patch(ResourceKind.USER, "8", CHANGE);
    assertThat(requests).hasSize(2);
  }

  @Test
  void readsTheIdsOfAGroupsMembers() {
    given(200, "{\"id\":\"g\",\"members\":[{\"value\":\"7\"},{\"value\":\"8\"}]}");

    assertThat(client().members("g")).contains(Set.of("7", "8"));
    assertThat(requests).containsExactly("GET /scim/Groups/g?attributes=members Bearer secret");
  }

  @Test
  void aPageThatIsNoGroupIsNoGroupWithoutMembers() {
    given(200, "<html>");

    assertThatThrownBy(() -> client().members("g")).isInstanceOf(Failed.class);
  }

  @Test
  void whatIsGoneAlreadyIsDeleted() {
    given(404, "");

    assertThatCode(() -> client().delete(ResourceKind.USER, "7")).doesNotThrowAnyException();
  }

  @Test
  void aTokenThatIsRefusedIsNoRefusalOfTheUser() {
    given(401, "");

    assertThatThrownBy(() -> client().patch(ResourceKind.USER, "7", CHANGE))
        .isInstanceOf(Unauthorized.class);
  }

  @Test
  void fetchesAnotherTokenWhenTheFirstIsRefused() {
    given(200, "{\"access_token\":\"one\",\"expires_in\":600}");
    given(401, "");
    given(200, "{\"access_token\":\"two\",\"expires_in\":600}");
    given(200, "{}");

    oauth().patch(ResourceKind.USER, "7", CHANGE);

    assertThat(requests)
        .containsExactly(
            "POST /token Basic cGF0Y2hiYXk6cyUyNmNyZXQ=",
            "PATCH /scim/Users/7 Bearer one",
            "POST /token Basic cGF0Y2hiYXk6cyUyNmNyZXQ=",
            "PATCH /scim/Users/7 Bearer two");
  }

  @Test
  void keepsATokenAsLongAsItIsGood() {
    given(200, "{\"access_token\":\"one\",\"expires_in\":600}");
    given(200, "{}");
    given(200, "{}");
    var client = oauth();

    client.patch(ResourceKind.USER, "7", CHANGE);
    client.patch(ResourceKind.USER, "8", CHANGE);

    assertThat(requests).hasSize(3);
  }

  @Test
  void leavesATargetAloneThatDoesNotAnswer() {
    for (int i = 0; i < 10; i++) {
      given(502, "");
    }
    var client = client();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> client.create(ResourceKind.USER, USER))
          .isInstanceOf(Unavailable.class);
    }

    assertThatThrownBy(() -> client.create(ResourceKind.USER, USER))
        .isInstanceOf(Postponed.class)
        .hasMessageContaining("resting");
    assertThat(requests).hasSize(10);
    assertThat(client.circuit()).isEqualTo("open");
  }

  @Test
  void refusalsAreAnswers() {
    for (int i = 0; i < 20; i++) {
      given(400, "");
    }
    var client = client();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> client.patch(ResourceKind.USER, "7", CHANGE))
          .isInstanceOf(Rejected.class);
    }

    assertThat(client.circuit()).isEqualTo("closed");
  }

  @Test
  void sendsNothingWithoutTheRight() {
    var client =
        new ScimClient(
            target(component()), HttpClient.newHttpClient(), Clock.systemUTC(), () -> false);

    assertThatThrownBy(() -> client.patch(ResourceKind.USER, "7", CHANGE))
        .isInstanceOf(Postponed.class);
    assertThat(requests).isEmpty();
  }

  private void given(int status, String body) {
    answers.add(new Answer(status, Map.of(), body));
  }

  private ScimClient client() {
    return client(target(component()));
  }

  private ScimClient oauth() {
    var component = component();
    component.put("token", "");
    component.put("oauthTokenUrl", url("/token"));
    component.put("oauthClientId", "patchbay");
    component.put("oauthClientSecret", "s&cret");
    return client(target(component));
  }

  private static ScimClient client(TargetConfig target) {
    return new ScimClient(target, HttpClient.newHttpClient(), Clock.systemUTC(), () -> true);
  }

  private static TargetConfig target(ComponentModel component) {
    return TargetConfig.of(component, value -> value);
  }

  private ComponentModel component() {
    var component = new ComponentModel();
    component.setId("t");
    component.setName("phones");
    component.put("scimUrl", url("/scim"));
    component.put("token", "secret");
    return component;
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }
}
