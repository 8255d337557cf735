package dev.patchbay.keycloak.rig;

import java.nio.file.Path;
import java.util.List;

/**
 * How one Keycloak is to run.
 *
 * @param database kind of it, fixed when the server is prepared
 * @param url of that database
 * @param jars what goes into {@code providers}
 * @param java options of the Java machine; empty for Keycloak's own
 */
record KeycloakSettings(String database, String url, List<Path> jars, String java) {
  KeycloakSettings {
    jars = List.copyOf(jars);
  }

  /**
   * With the connector, on a fresh database in a folder. Not for a Keycloak that is killed: others
   * see what H2 commits before it is safe.
   */
  static KeycloakSettings inFolder(Path folder) {
    return new KeycloakSettings(
        "dev-file",
        "jdbc:h2:file:%s/keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE".formatted(folder),
        List.of(Places.connectorJar()),
        KeycloakFiles.SHORT_LIVED);
  }

  /** With the connector, on a database that others may be on, too. */
  static KeycloakSettings on(Postgres postgres) {
    return new KeycloakSettings(
        "postgres", postgres.url(), List.of(Places.connectorJar()), KeycloakFiles.SHORT_LIVED);
  }

  /** The same server as an administrator has it who does not use the connector. */
  KeycloakSettings withoutConnector() {
    return new KeycloakSettings(database, url, List.of(), java);
  }

  /** With what Keycloak gives Java by itself, as for measurements. */
  KeycloakSettings asShipped() {
    return new KeycloakSettings(database, url, jars, "");
  }
}
