package dev.patchbay.keycloak.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one Keycloak is to run.
 *
 * @param build what is fixed when the server is prepared
 * @param environment variables it is started with
 * @param options it is started with, such as {@code --cache=local}
 * @param realms files of realms that it imports if it does not have them
 */
public record KeycloakSettings(
    Build build, Map<String, String> environment, List<String> options, List<Path> realms) {
  private static final String DATABASE_URL = "KC_DB_URL";
  private static final String JAVA_OPTIONS = "JAVA_OPTS";

  /**
   * What {@code kc.sh build} fixes.
   *
   * @param database kind of it, such as {@code dev-file}
   * @param jars what goes into {@code providers}
   * @param options more of it, such as {@code --features=scim-api}
   */
  record Build(String database, List<Path> jars, List<String> options) {
    Build {
      jars = List.copyOf(jars);
      options = List.copyOf(options);
    }
  }

  public KeycloakSettings {
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
    realms = List.copyOf(realms);
  }

  /**
   * With the connector, on a fresh database in a folder. Not for a Keycloak that is killed: others
   * see what H2 commits before it is safe.
   */
  static KeycloakSettings inFolder(Path folder) {
    return of(
        "dev-file",
        "jdbc:h2:file:%s/keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE".formatted(folder));
  }

  /** With the connector, on a database that others may be on, too. */
  static KeycloakSettings on(Postgres postgres) {
    return of("postgres", postgres.url());
  }

  private static KeycloakSettings of(String database, String url) {
    return new KeycloakSettings(
        new Build(database, List.of(Places.connectorJar()), List.of()),
        Map.of(DATABASE_URL, url, JAVA_OPTIONS, KeycloakFiles.SHORT_LIVED),
        List.of("--cache=local"),
        List.of());
  }

  /** The same server as an administrator has it who does not use the connector. */
  KeycloakSettings withoutConnector() {
    var bare = new Build(build.database(), List.of(), build.options());
    return new KeycloakSettings(bare, environment, options, realms);
  }

  /** With what Keycloak gives Java by itself, as for measurements. */
  KeycloakSettings asShipped() {
    var variables = new HashMap<>(environment);
    variables.remove(JAVA_OPTIONS);
    return new KeycloakSettings(build, variables, options, realms);
  }

  /** Nodes on the same database find each other through it. */
  KeycloakSettings inCluster() {
    return new KeycloakSettings(build, environment, List.of("--cache=ispn"), realms);
  }

  /** With one more option of {@code kc.sh build}. */
  public KeycloakSettings built(String option) {
    var other = new Build(build.database(), build.jars(), with(build.options(), option));
    return new KeycloakSettings(other, environment, options, realms);
  }

  /** Without the options of {@code kc.sh build} that {@link #built} has added. */
  public KeycloakSettings builtAsUsual() {
    var usual = new Build(build.database(), build.jars(), List.of());
    return new KeycloakSettings(usual, environment, options, realms);
  }

  /** With one more option of {@code kc.sh start}. */
  public KeycloakSettings started(String option) {
    return new KeycloakSettings(build, environment, with(options, option), realms);
  }

  /** Has the demo's realm when it starts, as if an administrator had written that file. */
  public KeycloakSettings importingDemo() {
    return new KeycloakSettings(build, environment, options, List.of(Places.demoRealm()));
  }

  /** What files of realms name as {@code ${PATCHBAY_SCIM_URL}} and {@code _TOKEN}. */
  KeycloakSettings sendingTo(Bridge bridge, String tenant) {
    var variables = new HashMap<>(environment);
    variables.put("PATCHBAY_SCIM_URL", bridge.scim(tenant).toString());
    variables.put("PATCHBAY_SCIM_TOKEN", bridge.token());
    return new KeycloakSettings(build, variables, options, realms);
  }

  private static <T> List<T> with(List<T> some, T more) {
    var all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
