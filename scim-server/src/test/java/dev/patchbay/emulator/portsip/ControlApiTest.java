package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest extends EmulatorTest {
  private PortSipEmulator pbx;
  private EmulatorClient client;

  @BeforeEach
  void startOne() throws IOException {
    pbx = start();
    client = EmulatorClient.of(pbx);
  }

  private EmulatorClient.Answer order(String faults) throws IOException {
    return client.send("PUT", "/_emulator/faults", Optional.of(faults), "application/json");
  }

  private JsonNode calls() throws IOException {
    return client.with("none").get("/_emulator/calls").body();
  }

  @Test
  void callsAreListedInOrderWithTheirQueryApart() throws IOException {
    client.create("ada", "1001").id();
    client.users("name eq 'ada'");
    client.get("/api/users/none");

    JsonNode calls = calls();

    assertThat(calls).hasSize(3);
    JsonNode create = calls.path(0);
    assertThat(create.path("method").asText()).isEqualTo("POST");
    assertThat(create.path("path").asText()).isEqualTo("/api/users");
    assertThat(create.path("body").path("name").asText()).isEqualTo("ada");
    assertThat(create.path("status").asInt()).isEqualTo(201);
    assertThat(create.has("query")).isFalse();
    assertThat(create.has("fault")).isFalse();
    assertThat(calls.path(1).path("path").asText()).isEqualTo("/api/users");
    assertThat(calls.path(1).path("query").asText()).startsWith("filter=name");
    assertThat(calls.path(1).path("body").isNull()).isTrue();
    assertThat(calls.path(2).path("status").asInt()).isEqualTo(404);
    assertThat(pbx.calls().lines())
        .containsExactly("POST /api/users", "GET /api/users", "GET /api/users/none");
  }

  @Test
  void secretsAreMasked() throws IOException {
    String id = client.create("ada", "1001").id();
    client.post("/api/users/" + id + "/password", Json.object().put("password", "Vx9!hT3p"));
    client.send("POST", "/api/users", Optional.of("password=Vx9!hT3p"), "text/plain");

    var calls = client.get("/_emulator/calls");

    assertThat(calls.body().path(0).path("body").path("voicemail_pin").asText()).isEqualTo("***");
    assertThat(calls.body().path(1).path("body").path("password").asText()).isEqualTo("***");
    assertThat(calls.response().body())
        .doesNotContain("Kf7$qW2z", "Zr8%mB4t", "749205", "Vx9!hT3p", pbx.token());
  }

  @Test
  void signInsAndTheControlApiAreNotListed() throws IOException {
    client.post(
        "/api/auth/sign_in",
        Json.object()
            .put("username", "bridge")
            .put("password", pbx.token())
            .put("domain", "pbx.example.com"));
    client.form("/api/login/oauth/token", "grant_type=password&client_id=web");
    order("[]");

    assertThat(calls()).isEmpty();
  }

  @Test
  void theListCanBeCleared() throws IOException {
    client.get("/api/users");

    client.send("DELETE", "/_emulator/calls", Optional.empty(), "application/json");

    assertThat(calls()).isEmpty();
  }

  @Test
  void aStatusIsAnsweredAndNothingDone() throws IOException {
    order(
        """
        [{"match":{"method":"POST","path":"/api/users.*"},"fault":"status:503","times":2}]
        """);

    assertThat(client.create("ada", "1001").status()).isEqualTo(503);
    assertThat(client.get("/api/users").body().path("count").asInt()).isZero();
    assertThat(client.create("ada", "1001").code()).isEqualTo("UNKNOWN");
    assertThat(client.create("ada", "1001").status()).isEqualTo(201);
    assertThat(calls().path(0).path("status").asInt()).isEqualTo(503);
    assertThat(calls().path(0).path("fault").asText()).isEqualTo("status:503");
    assertThat(calls().path(3).has("fault")).isFalse();
  }

  @Test
  void aResetDoesNothingAndAnswersNothing() throws IOException {
    pbx.faults().replace(FaultRule.on("POST", "/api/users", new Fault.Reset()).times(1));

    assertThatThrownBy(() -> client.create("ada", "1001")).isInstanceOf(IOException.class);

    assertThat(client.get("/api/users").body().path("count").asInt()).isZero();
    assertThat(calls().path(0).path("fault").asText()).isEqualTo("reset");
    assertThat(calls().path(0).path("status").asInt()).isZero();
  }

  @Test
  void aDropAfterCommitDoesItAndAnswersNothing() throws IOException {
    pbx.faults().replace(FaultRule.on("POST", "/api/users", new Fault.DropAfterCommit()).times(1));

    assertThatThrownBy(() -> client.create("ada", "1001")).isInstanceOf(IOException.class);

    assertThat(client.users("name eq 'ada'").body().path("count").asInt()).isOne();
    assertThat(calls().path(0).path("fault").asText()).isEqualTo("dropAfterCommit");
    assertThat(calls().path(0).path("status").asInt()).isEqualTo(201);
  }

  @Test
  void aDelayDoesItAtOnceAndAnswersLate() throws Exception {
    order("[{\"match\":{\"method\":\"POST\"},\"fault\":\"delay:2000\",\"times\":1}]");
    long start = System.nanoTime();
    var answer =
        CompletableFuture.supplyAsync(this::createAda, task -> Thread.ofVirtual().start(task));

    await().until(() -> client.users("name eq 'ada'").body().path("count").asInt() == 1);

    assertThat(answer).isNotDone();
    assertThat(answer.get()).isEqualTo(201);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000_000L);
    assertThat(calls().path(0).path("fault").asText()).isEqualTo("delay:2000");
  }

  private int createAda() {
    try {
      return client.create("ada", "1001").status();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  @Test
  void theFirstRuleThatMatchesIsTheOne() throws IOException {
    order(
        """
        [{"match":{"method":"GET"},"fault":"status:500"},
         {"match":{"path":"/api/users"},"fault":"status:501"},
         {"fault":"status:502"}]
        """);

    assertThat(client.get("/api/users").status()).isEqualTo(500);
    assertThat(client.post("/api/users").status()).isEqualTo(501);
    assertThat(client.post("/api/groups").status()).isEqualTo(502);
  }

  @Test
  void thePathMatchesWholeAndWithoutTheQuery() throws IOException {
    order("[{\"match\":{\"path\":\"/api/users\"},\"fault\":\"status:500\"}]");

    assertThat(client.get("/api/users?top=1").status()).isEqualTo(500);
    assertThat(client.get("/api/users/none").status()).isEqualTo(404);
  }

  @Test
  void signInsGoWrongToo() throws IOException {
    order("[{\"match\":{\"path\":\"/api/auth/sign_in\"},\"fault\":\"status:500\"}]");

    assertThat(client.post("/api/auth/sign_in").status()).isEqualTo(500);
  }

  @Test
  void anOrderReplacesTheLastAndCanBeRead() throws IOException {
    order("[{\"fault\":\"reset\"}]");
    order("[{\"match\":{\"method\":\"GET\",\"path\":\"/x\"},\"fault\":\"delay:5\",\"times\":3}]");

    assertThat(client.get("/_emulator/faults").response().body())
        .isEqualTo(
            "[{\"match\":{\"method\":\"GET\",\"path\":\"/x\"},\"fault\":\"delay:5\",\"times\":3}]");
    order("[]");
    assertThat(client.get("/_emulator/faults").body()).isEmpty();
    assertThat(client.get("/api/users").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | the body is no JSON",
        "{} | faults must be a JSON array",
        "[1] | fault 0: a fault must be a JSON object",
        "[{}] | fault 0: fault is missing",
        "[{\"fault\":\"reset\"},{\"fault\":\"explode\"}] | fault 1: fault must be status:NNN,"
            + " delay:MILLIS, reset or dropAfterCommit, was 'explode'",
        "[{\"fault\":\"status:99\"}] | fault 0: status must be 200 to 599, was 99",
        "[{\"fault\":\"reset\",\"time\":1}] | fault 0: a fault has no 'time', only fault, match,"
            + " times",
        "[{\"fault\":\"reset\",\"times\":0}] | fault 0: times must be at least 1, was 0",
        "[{\"fault\":\"reset\",\"times\":\"3\"}] | fault 0: times must be a whole number, was"
            + " \"3\"",
        "[{\"fault\":\"reset\",\"match\":\"x\"}] | fault 0: match must be a JSON object",
        "[{\"fault\":\"reset\",\"match\":{\"host\":\"x\"}}] | fault 0: match has no 'host', only"
            + " method, path",
        "[{\"fault\":\"reset\",\"match\":{\"path\":\"(\"}}] | fault 0: Unclosed group near index 1"
      })
  void aWrongOrderIsToldWhatIsWrongAndChangesNothing(String order, String message)
      throws IOException {
    order("[{\"match\":{\"path\":\"/x\"},\"fault\":\"reset\"}]");

    var answer = order(order);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").path(0).path("message").asText()).startsWith(message);
    assertThat(pbx.faults().rules()).hasSize(1);
  }

  @Test
  void otherMachinesAreForbidden() throws IOException {
    Optional<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(it -> it instanceof Inet4Address && !it.isLoopbackAddress())
            .findFirst();
    assumeTrue(outside.isPresent(), "no address but loopback");
    var open =
        start(
            PortSipEmulatorOptions.defaults()
                .at(Place.inMemory().withAddress(new InetSocketAddress("0.0.0.0", 0))));
    String host = outside.get().getHostAddress();
    var elsewhere =
        new EmulatorClient(URI.create("http://" + host + ":" + open.port()), open.token());

    for (String path : new String[] {"/_emulator/calls", "/_emulator/faults"}) {
      assertThat(elsewhere.get(path).status()).isEqualTo(403);
      assertThat(EmulatorClient.of(open).get(path).status()).isEqualTo(200);
    }
    assertThat(elsewhere.get("/api/users").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"NO_RETRY_AFTER, ''", "BARE_REFUSALS, 20"})
  void aRateLimitThrottlesUntilTheNextMinute(Otherwise different, String wait) throws IOException {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:40Z"));
    InstantSource source = now::get;
    Clock clock = source.withZone(ZoneOffset.UTC);
    var limited =
        EmulatorClient.of(
            start(
                PortSipEmulatorOptions.defaults(clock)
                    .withRateLimit(2)
                    .withOtherwise(Set.of(different))));
    limited.get("/api/users");
    limited.get("/api/users");

    var third = limited.get("/api/users");

    assertThat(third.status()).isEqualTo(429);
    assertThat(third.header("Retry-After").orElse("")).isEqualTo(wait);
    now.updateAndGet(it -> it.plusSeconds(20));
    assertThat(limited.get("/api/users").status()).isEqualTo(200);
  }
}
