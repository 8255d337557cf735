package dev.patchbay.keycloak.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build has put what the rig runs, and where the rig may write. */
final class Places {
  private Places() {}

  /** The connector, as administrators get it. */
  static Path connectorJar() {
    return built("connector.jar", "mvn -pl connector package");
  }

  /** The bridge, which also has the emulated PBX. */
  static Path bridgeJar() {
    return built("bridge.jar", "mvn -pl scim-server package");
  }

  /** Keycloak as it comes, of the version {@code keycloak-server.version}. */
  static Path keycloak() {
    return built("keycloak.unpacked", "mvn verify").resolve("keycloak-" + keycloakVersion());
  }

  /** The program of the demo. */
  static Path demo() {
    return Path.of("src", "demo", "KeycloakDemo.java").toAbsolutePath();
  }

  /** The realm of the demo, as an administrator would write one. */
  static Path demoRealm() {
    return Path.of("src", "demo", "acme-realm.json").toAbsolutePath();
  }

  static String keycloakVersion() {
    return System.getProperty("keycloak-server.version");
  }

  /** Below the module's {@code target}: logs, databases, prepared servers. */
  static Path work() {
    return Path.of("target", "keycloak").toAbsolutePath();
  }

  /** A new folder with a name that says whose it is; kept for whoever looks into a failure. */
  static Path folder(String whose) {
    try {
      var parent = Files.createDirectories(work().resolve("runs"));
      return Files.createTempDirectory(parent, whose + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(String property, String command) {
    var place = Path.of(System.getProperty(property, "missing:" + property)).toAbsolutePath();
    if (!Files.exists(place)) {
      throw new IllegalStateException("no " + place + "; '" + command + "' makes it");
    }
    return place;
  }
}
