package dev.patchbay.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A bridge whose PBX is reached over TLS, where everything on the way may go wrong. */
final class TroubledPbx implements AutoCloseable {
  static final String PBX_TOKEN = TokenHash.randomToken().reveal();

  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret OPERATOR = TokenHash.randomToken();
  private static final String DOMAIN = "office.example";

  private final Path folder;
  private final String auth;
  private final Certificates certificates;
  private final TlsFront front;
  private final MachineClock machine = new MachineClock();
  private PortSipEmulator pbx;
  private OpenBridge bridge;

  /**
   * @param auth the {@code pbx} section's keys of signing in
   */
  TroubledPbx(Path folder, Certificates certificates, String auth) throws IOException {
    this.folder = folder;
    this.auth = auth;
    this.certificates = certificates;
    this.front = TlsFront.start(certificates.of("good"));
    this.pbx = emulator(PBX_TOKEN);
    front.forwardTo(Optional.of(pbx.uri()));
    this.bridge = open();
    awaitState("up");
  }

  private PortSipEmulator emulator(String token) throws IOException {
    return PortSipEmulator.start(
        PortSipEmulatorOptions.defaults()
            .withData(folder.resolve("pbx"))
            .withToken(token)
            .withAccount("bridge", token, DOMAIN)
            .withPasswordPolicy(PasswordPolicy.simple()));
  }

  private OpenBridge open() throws IOException {
    var yaml =
        """
        listen: { port: 0 }
        store: { url: "sqlite:patchbay.db" }
        operators: [ { name: kim, hash: "%s" } ]
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: portsip, base-url: "%s", ca-file: "%s", %s, quiet-time: 150ms,
              call-limit: 4s, requests-per-minute: 0, resilience: { open-for: 200ms } }
            mapping: { email-fallback: "{pbxUserName}@example.invalid",
              initial-password: generate-if-weak,
              extensions: { pools: { default: { ranges: ["1000-1999"] } } } }
        """
            .formatted(
                TokenHash.of(OPERATOR).text(),
                TokenHash.of(TOKEN).text(),
                front.url(),
                certificates.ca(),
                auth.replace("DOMAIN", DOMAIN));
    return OpenBridge.with(folder, yaml, Map.of("PBX_TOKEN", PBX_TOKEN), machine);
  }

  ScimClient scim() {
    return new ScimClient(Http.of(url(), TOKEN.reveal()));
  }

  private URI url() {
    return bridge.scimUrl("office");
  }

  Answer ready() {
    return Http.of(url().resolve("/"), "").send("GET", "health/ready", Optional.empty());
  }

  /** What the operators' API says of the PBX. */
  JsonNode item() {
    return Http.of(url().resolve("/api/v1"), OPERATOR.reveal())
        .send("GET", "/pbx", Optional.empty())
        .is(200)
        .json()
        .at("/items/0");
  }

  void awaitState(String state) {
    await("the pbx to be " + state)
        .atMost(Duration.ofSeconds(30))
        .until(() -> item().path("state").asText().equals(state));
  }

  /** Whether the PBX lets that person work. */
  boolean works(String name) {
    return PbxView.of(pbx).users().stream()
        .filter(it -> it.path("name").asText().equals(name))
        .anyMatch(it -> it.path("enabled").asBoolean());
  }

  /** The PBX forgets all sessions, and takes this token or password from now on. */
  void restartPbx(String token) {
    try {
      front.forwardTo(Optional.empty());
      pbx.close();
      pbx = emulator(token);
      front.forwardTo(Optional.of(pbx.uri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void cutOff() {
    front.forwardTo(Optional.empty());
  }

  void reconnect() {
    front.forwardTo(Optional.of(pbx.uri()));
  }

  /** One of {@link Certificates#of}. */
  void show(String certificate) {
    front.show(certificates.of(certificate));
  }

  void jump(Duration by) {
    machine.jump(by);
  }

  void restartBridge() throws IOException {
    bridge.close();
    bridge = open();
  }

  @Override
  public void close() {
    bridge.close();
    front.close();
    pbx.close();
  }
}
