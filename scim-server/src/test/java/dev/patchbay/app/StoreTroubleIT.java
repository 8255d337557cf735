package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that may not write to any file for a while, as when its disk became read-only. */
class StoreTroubleIT {
  private static final String TOKEN = TokenHash.randomToken().reveal();
  private static final String LEAVE =
      "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],"
          + "'Operations':[{'op':'replace','path':'active','value':false}]}";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path directory;

  @Test
  void saysSoAndGoesOnWhenItMay() throws Exception {
    try (var pbx = emulator();
        var serving = serve(pbx).awaitReady()) {
      var scim = serving.told("SCIM base URL of office:");
      var ready = scim.replace("/office/scim/v2", "/health/ready");
      var ada = scim + "/Users/" + id(send("POST", scim + "/Users", "{'userName':'ada'}"));

      serving.limitFiles("0");

      var refused = send("PATCH", ada, LEAVE);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValueAsLong("Retry-After")).hasValue(5);
      assertThat(send("POST", scim + "/Users", "{'userName':'bob'}").statusCode()).isEqualTo(503);
      assertThat(send("GET", ada, "").statusCode()).isEqualTo(200);
      var down = send("GET", ready, "");
      assertThat(down.statusCode()).isEqualTo(503);
      assertThat(down.body()).contains("\"status\":\"unavailable\"", "\"store\":\"down\"");
      assertThat(pbx.calls().lines()).filteredOn("POST /api/users"::equals).hasSize(1);

      serving.limitFiles("unlimited");

      assertThat(send("GET", ready, "").body()).contains("\"store\":\"up\"");
      assertThat(send("PATCH", ada, LEAVE).body()).contains("\"active\":false");
      assertThat(send("POST", scim + "/Users", "{'userName':'bob'}").statusCode()).isEqualTo(201);
      assertThat(serving.stop()).as("ended by SIGTERM").isEqualTo(143);
      assertThat(serving.printed())
          .anyMatch(it -> it.contains("store is not available") && it.contains("disk I/O error"));
    }
  }

  private PortSipEmulator emulator() throws IOException {
    return PortSipEmulator.start(PortSipEmulatorOptions.defaults().withToken(TOKEN));
  }

  private StartedProgram serve(PortSipEmulator pbx) throws IOException {
    var yaml =
        """
        listen: { port: 0 }
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: portsip, base-url: "%s", token: env:PBX_TOKEN }
            mapping:
              email-fallback: "{pbxUserName}@example.invalid"
              extensions: { pools: { default: { ranges: ["2000-2999"] } } }
        """
            .formatted(TokenHash.of(Secret.of(TOKEN)).text(), pbx.uri());
    var config = Files.writeString(directory.resolve("patchbay.yaml"), yaml);
    return StartedProgram.start(Map.of("PBX_TOKEN", TOKEN), "serve", "--config", config.toString());
  }

  private HttpResponse<String> send(String method, String url, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> created) {
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created.body().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
  }
}
