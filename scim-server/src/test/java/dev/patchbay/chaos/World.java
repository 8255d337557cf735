package dev.patchbay.chaos;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bridge and an emulated PBX, each a process that can be killed and started again. */
final class World implements AutoCloseable {
  private static final String TENANT = "office";

  private final Settings settings;
  private final Path folder;
  private final Secret token = TokenHash.randomToken();
  private final Secret operator = TokenHash.randomToken();
  private final Secret pbxToken = TokenHash.randomToken();
  private final int port = freePort();
  private final int pbxPort = freePort();
  private final List<String> java =
      new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
  private final String store;

  private volatile Program bridge;
  private volatile Program pbx;

  /**
   * @param store the section of that name of the bridge's configuration
   */
  World(Settings settings, String store) throws IOException, InterruptedException {
    this.settings = settings;
    this.folder = settings.folder().toAbsolutePath();
    this.store = store;
    Files.writeString(folder.resolve("patchbay.yaml"), yaml());
    Files.writeString(folder.resolve("pbx-token"), pbxToken.reveal());
    startPbx();
    awaitPbx();
    if (settings.isLong()) {
      startFaster();
    }
    startBridge();
    awaitBridge();
  }

  /** Keeps what every start of the bridge loads in a file that is quick to read. */
  private void startFaster() throws InterruptedException {
    var archive = folder.resolve("classes.jsa").toString();
    java.add("-XX:ArchiveClassesAtExit=" + archive);
    startBridge();
    awaitBridge();
    bridge.stop();
    java.removeLast();
    java.add("-XX:SharedArchiveFile=" + archive);
  }

  /**
   * All times are short, so that much happens; the quiet time is longer than {@link Troubles} ever
   * hold a call up.
   */
  private String yaml() {
    return """
    listen: { host: 127.0.0.1, port: %d }
    store: %s
    operators: [ { name: driver, hash: "%s" } ]
    tenants:
      %s:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx:
          dialect: portsip
          base-url: "http://127.0.0.1:%d"
          token: "file:pbx-token"
          call-limit: 800ms
          quiet-time: %dms
          max-parallel: 16
          requests-per-minute: 0
          resilience: { open-for: 300ms }
        policy: { busy-wait: 500ms, answer-within: 3s, refresh-roles: 10s }
        mapping:
          email-fallback: "{pbxUserName}@example.invalid"
          extensions: { pools: { default: { ranges: ["10000-99999"], quarantine: 0s } } }
    """
        .formatted(
            port,
            store,
            TokenHash.of(operator).text(),
            TENANT,
            TokenHash.of(token).text(),
            pbxPort,
            Troubles.QUIET.toMillis());
  }

  void startBridge() {
    bridge =
        Program.start(
            folder,
            folder.resolve("bridge.log"),
            java,
            List.of("serve", "--config", "patchbay.yaml"));
  }

  void startPbx() {
    pbx =
        Program.start(
            folder,
            folder.resolve("pbx.log"),
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            List.of(
                "emulate",
                "portsip",
                "--port",
                Integer.toString(pbxPort),
                "--data",
                "pbx",
                "--token",
                pbxToken.reveal()));
  }

  /** Waits until it serves; where its store was away it is started again, as by a supervisor. */
  void awaitBridge() throws InterruptedException {
    while (!bridge.awaitReady()) {
      if (settings.store().equals("sqlite")) {
        throw new IllegalStateException("the bridge did not start; bridge.log says why");
      }
      Thread.sleep(100);
      startBridge();
    }
  }

  void awaitPbx() throws InterruptedException {
    if (!pbx.awaitReady()) {
      throw new IllegalStateException("the emulated PBX did not start; pbx.log says why");
    }
  }

  Program bridge() {
    return bridge;
  }

  Program pbx() {
    return pbx;
  }

  /** As an identity provider. */
  Http scim() {
    return Http.to("http://127.0.0.1:" + port + "/" + TENANT + "/scim/v2", token.reveal());
  }

  /** As an operator of the bridge. */
  Http operator() {
    return Http.to("http://127.0.0.1:" + port, operator.reveal());
  }

  /** As the PBX's administrator. */
  Http administrator() {
    return Http.to("http://127.0.0.1:" + pbxPort, pbxToken.reveal());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    bridge.kill();
    pbx.kill();
  }
}
