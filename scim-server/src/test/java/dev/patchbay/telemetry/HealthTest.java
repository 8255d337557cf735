package dev.patchbay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.scim.ScimErrorMapper;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final PhoneSystem UP =
      new PhoneSystem(PhoneSystemState.UP, Optional.of("no answer")); // over by now
  private static final PhoneSystem DOWN =
      new PhoneSystem(PhoneSystemState.DOWN, Optional.of("certificate"));

  @Test
  void isReadyWhileAPhoneSystemIsDown() throws Exception {
    var answer = get("/health/ready", () -> true, List.of(() -> UP, () -> DOWN));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"degraded\",\"store\":\"up\","
                + "\"phoneSystems\":{\"up\":1,\"down\":1,\"unknown\":0},\"reasons\":[\"certificate\"]}");
  }

  @Test
  void isNotReadyWhenTheStoreDoesNotAnswer() throws Exception {
    BooleanSupplier broken =
        () -> {
          throw new IllegalStateException("disk gone");
        };

    var answer = get("/health/ready", broken, List.of());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"status\":\"unavailable\"").doesNotContain("disk gone");
  }

  @Test
  void livesWhateverTheStoreDoes() throws Exception {
    assertThat(get("/health/live", () -> false, List.of()).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(
      String path, BooleanSupplier store, List<Supplier<PhoneSystem>> phoneSystems)
      throws IOException, InterruptedException {
    var router = new Router();
    new Health(store, phoneSystems).addTo(router);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server =
            WebServer.start(address, WebLimits.defaults(), router, new ScimErrorMapper());
        var client = HttpClient.newHttpClient()) {
      var url = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
  }
}
