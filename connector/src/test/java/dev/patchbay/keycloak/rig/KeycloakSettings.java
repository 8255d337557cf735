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
 * @param cache {@code ispn} to look for other nodes on the same database, {@code local} not to
 */
record KeycloakSettings(String database, String url, List<Path> jars, String java, String cache) {
  private static final String ALONE = "local";

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
        KeycloakFiles.SHORT_LIVED,
        ALONE);
  }

  /** With the connector, on a database that others may be on, too. */
  static KeycloakSettings on(Postgres postgres) {
    return new KeycloakSettings(
        "postgres",
        postgres.url(),
        List.of(Places.connectorJar()),
        KeycloakFiles.SHORT_LIVED,
        ALONE);
  }

  /** The same server as an administrator has it who does not use the connector. */
  KeycloakSettings withoutConnector() {
    return new KeycloakSettings(database, url, List.of(), java, cache);
  }

  /** With what Keycloak gives Java by itself, as for measurements. */
  KeycloakSettings asShipped() {
    return new KeycloakSettings(database, url, jars, "", cache);
  }

  /** Nodes on the same database find each other through it. */
  KeycloakSettings inCluster() {
    return new KeycloakSettings(database, url, jars, java, "ispn");
  }
}
