package dev.patchbay.scim;

import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.config.TokenHash;
import dev.patchbay.directory.DirectoryFixture;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.ProvisioningPolicy;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SCIM over real HTTP for two tenants with a store of their own and a phone system in memory. */
final class ScimServer implements AutoCloseable {
  static final Secret TOKEN = TokenHash.randomToken();
  static final Secret OTHER_TOKEN = TokenHash.randomToken();

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      extensions: { pools: { default: { ranges: ["1000-9999"] } } }
      """;

  final MemoryPbx pbx;

  /** The directory's. */
  final MovableClock clock = new MovableClock(DirectoryFixture.NOW);

  final DirectoryFixture store;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Provisioner> provisioners = new ArrayList<>();
  private final WebServer server;

  private ScimServer(Path folder, PbxCapabilities pbx) throws IOException {
    this.pbx = new MemoryPbx(pbx);
    this.store = DirectoryFixture.in(folder, clock);
    var router = new Router();
    new ScimApplication(
            List.of(tenant(TENANT, TOKEN), tenant("other", OTHER_TOKEN)),
            Optional.empty(),
            Clock.systemUTC())
        .addTo(router);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.server = WebServer.start(address, WebLimits.defaults(), router, new ScimErrorMapper());
  }

  static ScimServer in(Path folder) {
    return in(folder, MemoryPbx.WHOLE);
  }

  /** With a phone system that can do this. */
  static ScimServer in(Path folder, PbxCapabilities pbx) {
    try {
      return new ScimServer(folder, pbx);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScimTenant tenant(String name, Secret token) {
    var provisioner =
        Provisioner.open(
            name,
            store.database(),
            pbx,
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(Section.of("")),
            Optional.empty(),
            Clock.systemUTC());
    provisioners.add(provisioner);
    return new ScimTenant(
        name,
        store.directory(),
        provisioner,
        Map.of(TokenHash.of(token), new Sender("test", IdentityProvider.AUTO)),
        BulkSettings.from(Section.of("")),
        Optional.empty());
  }

  String base() {
    return "http://127.0.0.1:" + server.port() + "/" + TENANT + "/scim/v2";
  }

  /** A request with the tenant's token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path))
        .header("Authorization", "Bearer " + TOKEN.reveal());
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> send(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  /** Sends a body, apostrophes for quotes. */
  HttpResponse<String> send(String method, String path, String body) {
    return sendAsIs(method, path, body.replace('\'', '"'));
  }

  HttpResponse<String> sendAsIs(String method, String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/scim+json; charset=utf-8")
            .method(method, BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That it is a whole SCIM error. */
  static void assertError(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
    var error = json(answer);
    assertThat(error.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(error.path("status").isTextual()).isTrue();
    assertThat(error.path("status").asText()).isEqualTo(Integer.toString(status));
    assertThat(error.path("detail").asText()).isNotBlank();
  }

  @Override
  public void close() {
    server.close();
    provisioners.forEach(Provisioner::close);
    store.close();
  }
}
