package dev.patchbay.keycloak.rig;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Keycloak, the bridge and the PBX, started for whoever asks first. */
public final class Rig implements AutoCloseable {
  private static final String TOKEN = "pb_0000000000000000000000000000000000000000000";
  private static final int PEOPLE = 1_000;

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

  /** Starts all three side by side. */
  static Rig start(String whose) {
    Path folder = Places.folder(whose);
    return start(folder, KeycloakSettings.inFolder(folder), PEOPLE);
  }

  static Rig start(Path folder, KeycloakSettings settings, int people) {
    var pbx = Pbx.start(folder, TOKEN);
    var bridge = Bridge.start(folder, TOKEN, pbx.uri(), Bridge.TENANTS, people);
    var keycloak = Keycloak.start(folder, settings);
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
    if (number >= Bridge.TENANTS) {
      throw new IllegalStateException("more tests than Bridge.TENANTS");
    }
    return Realm.make(admin, "r" + number);
  }

  @Override
  public void close() {
    keycloak.close();
    bridge.close();
    pbx.close();
  }
}
