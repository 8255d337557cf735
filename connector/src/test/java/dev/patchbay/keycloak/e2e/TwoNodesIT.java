package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.keycloak.rig.Postgres;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Wire;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two Keycloaks on one database. */
@Tag("long")
class TwoNodesIT {
  private static final int CHANGES = 300;
  private static final int ADMINISTRATORS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void inAClusterOneGoesOnWithWhatTheOtherHasLeft() throws Exception {
    try (var postgres = Postgres.start();
        var rig = Rig.inCluster("cluster", postgres)) {
      oneGoesOnWithWhatTheOtherHasLeft(rig);
    }
  }

  @Test
  void inNoClusterOneGoesOnWithWhatTheOtherHasLeft() throws Exception {
    try (var postgres = Postgres.start();
        var rig = Rig.onPostgres("nodes", postgres)) {
      oneGoesOnWithWhatTheOtherHasLeft(rig);
    }
  }

  private static void oneGoesOnWithWhatTheOtherHasLeft(Rig rig) throws Exception {
    try (var other = rig.anotherNode()) {
      var realm = rig.newRealm();
      try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
        var phones = Phones.of(rig, realm, wire.uri());
        var crowd = new Crowd(realm, 11, ADMINISTRATORS);
        var there = Realm.existing(other.admin(), realm.name());
        crowd.use(List.of(realm, there));
        crowd.make(CHANGES);
        awaitSame(crowd, phones);

        crowd.begin();
        int enough = crowd.acknowledged() + CHANGES;
        await().atMost(LIMIT).until(() -> crowd.acknowledged() >= enough);
        boolean otherSends = Files.readString(other.log()).contains("sent kind=");
        (otherSends ? other : rig.keycloak()).kill();
        crowd.stop();
        crowd.use(List.of(otherSends ? realm : there));
        crowd.lookUp();

        assertThat(crowd.refusals()).isEmpty();
        awaitSame(crowd, phones);
        Told.inOrder(wire, phones.pbx());
        Told.madeOnce(wire);
      }
    }
  }

  private static void awaitSame(Crowd crowd, Phones phones) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(crowd.found(phones))
                    .containsExactlyElementsOf(crowd.expected(phones.realm())));
  }
}
