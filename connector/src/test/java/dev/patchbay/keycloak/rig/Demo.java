package dev.patchbay.keycloak.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The demo with Keycloak, started as Maven's profile starts it. */
public final class Demo implements AutoCloseable {
  private final Path data;
  private final URI keycloak;
  private final Program program;
  private final Pbx pbx;

  private Demo(Path data, URI keycloak, Program program, Pbx pbx) {
    this.data = data;
    this.keycloak = keycloak;
    this.program = program;
    this.pbx = pbx;
  }

  /** Starts it and waits until it says that it is ready. */
  public static Demo start() {
    var data = Places.folder("demo");
    var log = data.resolve("demo.log");
    int keycloakPort = Places.freePort();
    int pbxPort = Places.freePort();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Ddemo.keycloak-port=" + keycloakPort,
            "-Ddemo.bridge-port=" + Places.freePort(),
            "-Ddemo.pbx-port=" + pbxPort,
            Places.demo().toString(),
            keycloakFolder().toString(),
            Places.connectorJar().toString(),
            Places.bridgeJar().toString(),
            Places.demoRealm().toString(),
            data.resolve("kept").toString());
    var program = Program.start(data, log, Map.of(), command);
    program.awaitReady(() -> lines(log).contains("ready"));
    var token = read(data.resolve("kept/token"));
    var pbx = new Pbx(program, Http.to(URI.create("http://127.0.0.1:" + pbxPort), token));
    return new Demo(data, URI.create("http://127.0.0.1:" + keycloakPort), program, pbx);
  }

  /** Its own, since it puts the connector and the realm there; prepared with the first start. */
  private static Path keycloakFolder() {
    var folder = Places.work().resolve("demo").resolve(Places.keycloakVersion());
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder.getParent());
        KeycloakFiles.copy(Places.keycloak(), folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path log) {
    return read(log).lines().toList();
  }

  /** What it has printed. */
  public String output() {
    return read(data.resolve("demo.log"));
  }

  public Pbx pbx() {
    return pbx;
  }

  /** The realm it has made. */
  public Realm realm() {
    return Realm.existing(new Admin(keycloak), "acme");
  }

  /** Ends whoever started it, and nobody else; then waits until nothing of it is left. */
  public void endStarter() {
    program.endShellAlone();
  }

  @Override
  public void close() {
    program.kill();
  }
}
