package dev.patchbay.keycloak.rig;

import dev.patchbay.keycloak.rig.Bridge.Tenants;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Keycloak, the bridge and the PBX, started for whoever asks first. */
public final class Rig implements AutoCloseable {
  private static final String TOKEN = "pb_0000000000000000000000000000000000000000000";
  private static final int TENANTS = 160;
  private static final int PEOPLE = 1_000;
  private static final int MANY_PEOPLE = 100_000;

  private final Keycloak keycloak;
  private final Bridge bridge;
  private final Pbx pbx;
  private final Admin admin;
  private final AtomicInteger realms = new AtomicInteger();

  private Rig(Keycloak keycloak, Bridge bridge, Pbx pbx) {
    this.keycloak = keycloak;
    this.bridge = bridge;
    this.pbx = pbx;
    this.admin = keycloak.admin();
  }

  /** One that all tests share. */
  static Rig shared() {
    var folder = Places.folder("shared");
    return start(folder, KeycloakSettings.inFolder(folder), TENANTS, PEOPLE);
  }

  /** One for a test that has Keycloak started otherwise. */
  public static Rig with(String whose, UnaryOperator<KeycloakSettings> settings) {
    var folder = Places.folder(whose);
    return start(folder, settings.apply(KeycloakSettings.inFolder(folder)), TENANTS, PEOPLE);
  }

  /** One for a test that breaks it, with a single tenant for many people. */
  public static Rig ofOneRealm(String whose) {
    var folder = Places.folder(whose);
    return start(folder, KeycloakSettings.inFolder(folder), 1, MANY_PEOPLE);
  }

  /** As {@link #ofOneRealm}, with Keycloak's own options for Java, as to measure. */
  public static Rig asShipped(String whose) {
    var folder = Places.folder(whose);
    return start(folder, KeycloakSettings.inFolder(folder).asShipped(), 1, MANY_PEOPLE);
  }

  /** As {@link #ofOneRealm}, on a database that a second node can be on. */
  public static Rig onPostgres(String whose, Postgres postgres) {
    return onPostgres(whose, postgres, it -> it);
  }

  /** As {@link #onPostgres(String, Postgres)}, with Keycloak started otherwise. */
  public static Rig onPostgres(
      String whose, Postgres postgres, UnaryOperator<KeycloakSettings> settings) {
    var folder = Places.folder(whose);
    return start(folder, settings.apply(KeycloakSettings.on(postgres)), 1, MANY_PEOPLE);
  }

  /** As {@link #onPostgres(String, Postgres)}, with a tenant for each of many realms. */
  public static Rig apart(String whose, Postgres postgres) {
    return start(Places.folder(whose), KeycloakSettings.on(postgres), TENANTS, PEOPLE);
  }

  /** As {@link #onPostgres(String, Postgres)}, in a cluster with other nodes. */
  public static Rig inCluster(String whose, Postgres postgres) {
    var folder = Places.folder(whose);
    return start(folder, KeycloakSettings.on(postgres).inCluster(), 1, MANY_PEOPLE);
  }

  /** Another Keycloak on the same database. */
  public Keycloak anotherNode() {
    return Keycloak.start(keycloak.log().getParent(), keycloak.settings()).awaitReady();
  }

  /** Another bridge on the same PBX, which believes the tokens of an authorization server. */
  public Bridge bridgeThatBelieves(URI issuer, String audience) {
    var jwt = "jwt: { issuer: \"%s\", audience: %s }".formatted(issuer, audience);
    var tenants = new Tenants(1, 5_000_000, PEOPLE, jwt);
    return Bridge.start(Places.folder("believing"), TOKEN, pbx.uri(), tenants).awaitReady();
  }

  /** One of its own, on a database of its own, to compare with. */
  public Keycloak keycloakWithoutConnector() {
    var folder = Places.folder("plain");
    var settings = KeycloakSettings.inFolder(folder).asShipped().withoutConnector();
    return Keycloak.start(folder, settings).awaitReady();
  }

  /** Starts all three side by side. */
  static Rig start(Path folder, KeycloakSettings settings, int tenants, int people) {
    var pbx = Pbx.start(folder, TOKEN);
    var bridge =
        Bridge.start(folder, TOKEN, pbx.uri(), new Tenants(tenants, 1_000_000, people, ""));
    var last = "r" + (tenants - 1); // of a realm that is imported
    var keycloak = Keycloak.start(folder, settings.sendingTo(bridge, last));
    var rig = new Rig(keycloak, bridge, pbx);
    pbx.awaitReady();
    bridge.awaitReady();
    keycloak.awaitReady();
    return rig;
  }

  public Keycloak keycloak() {
    return keycloak;
  }

  public Bridge bridge() {
    return bridge;
  }

  public Pbx pbx() {
    return pbx;
  }

  public Admin admin() {
    return admin;
  }

  /** A realm nobody has had before, with a tenant of its own at the bridge. */
  public Realm newRealm() {
    int number = realms.getAndIncrement();
    return Realm.make(admin, "r" + number);
  }

  @Override
  public void close() {
    keycloak.close();
    bridge.close();
    pbx.close();
  }
}
