package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.keycloak.rig.Postgres;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Wire;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Keycloak has acknowledged reaches the phones, although it dies in between. */
@Tag("long")
class KilledKeycloakIT {
  // -Dkeycloak.kills=20 takes 5 minutes, or 15 on a machine with other things to do
  private static final int KILLS = Integer.getInteger("keycloak.kills", 4);
  private static final int ADMINISTRATORS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void nothingAcknowledgedIsLostAndNothingRolledBackIsDelivered() throws Exception {
    long seed = Long.getLong("keycloak.seed", System.nanoTime() & 0xFFFFFF);
    System.out.println("keycloak.seed=" + seed + " keycloak.kills=" + KILLS);
    var random = new Random(seed);
    try (var postgres = Postgres.start();
        var rig = Rig.onPostgres("killed", postgres)) {
      Realm realm = rig.newRealm();
      var wire = Wire.to(rig.bridge().scim(realm.name()));
      var phones = Phones.of(rig, realm, wire.uri());
      var crowd = new Crowd(realm, seed, ADMINISTRATORS);
      for (int i = 0; i < KILLS; i++) {
        crowd.begin();
        int enough = crowd.acknowledged() + 20 + random.nextInt(150);
        await().atMost(LIMIT).until(() -> crowd.acknowledged() >= enough);
        rig.keycloak().kill();
        crowd.stop();
        rig.keycloak().restart();
        crowd.lookUp();
      }

      System.out.println(crowd.acknowledged() + " changes were acknowledged");
      assertThat(crowd.refusals()).isEmpty();
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(crowd.found(phones)).containsExactlyElementsOf(crowd.expected(realm)));
      Told.inOrder(wire, phones.pbx());
      Told.madeOnce(wire);
      wire.close();
    }
  }
}
