package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo with each PBX, and with all of them. */
@Timeout(60)
class DemoTest {
  private static final String ADA =
      "{\"userName\":\"ada@example.com\",\"displayName\":\"Ada Lovelace\"}";

  @TempDir private Path directory;

  static Stream<String> dialects() {
    return Dialects.byName().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void oneCommandServesATenantOfEachDialect(String dialect) throws Exception {
    try (var demo = OpenDemo.of(directory, dialect)) {
      String tenant = demo.tenants().getFirst();

      assertThat(demo.tenants()).hasSize(1);
      assertThat(create(demo, tenant)).isEqualTo(201);
      assertThat(demo.pbx(tenant).calls().lines()).isNotEmpty();
    }
  }

  @Test
  void oneProcessServesATenantOfEveryDialect() throws Exception {
    try (var demo = OpenDemo.all(directory)) {
      assertThat(demo.tenants()).containsExactly("portsip", "ipcortex", "xelion", "crmcom");
      for (String tenant : demo.tenants()) {
        assertThat(create(demo, tenant)).as(tenant).isEqualTo(201);
        assertThat(demo.pbx(tenant).calls().lines()).as(tenant).isNotEmpty();
      }
    }
  }

  @Test
  void everyPhoneSystemIsThereAgainAfterARestart() throws Exception {
    try (var first = OpenDemo.all(directory)) {
      for (String tenant : first.tenants()) {
        create(first, tenant);
      }
    }
    try (var second = OpenDemo.all(directory)) {
      for (String tenant : second.tenants()) {
        assertThat(create(second, tenant)).as(tenant).isEqualTo(409);
      }
    }
  }

  @Test
  void theUsualPortsAreOneAfterAnother() {
    assertThat(List.of("portsip", "ipcortex", "xelion", "crmcom"))
        .extracting(Emulators::usualPort)
        .containsExactly(8887, 8888, 8889, 8890);
  }

  private static int create(OpenDemo demo, String tenant) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(demo.scimUrl(tenant) + "/Users"))
              .header("Authorization", "Bearer " + demo.token(tenant).reveal())
              .header("Content-Type", "application/scim+json")
              .POST(BodyPublishers.ofString(ADA))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
