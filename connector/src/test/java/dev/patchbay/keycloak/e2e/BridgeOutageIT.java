package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Wire;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Administration goes on while the phone system's bridge is away, and nothing of it is lost. */
@Tag("long")
class BridgeOutageIT {
  private static final int CHANGES = 1000;
  private static final int ADMINISTRATORS = 4;

  // -Doutage.minutes=10: how long the bridge stays away, the changes spread over that time
  private static final int MINUTES = Integer.getInteger("outage.minutes", 0);
  private static final int PARTS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Test
  void whatChangesMeanwhileIsDeliveredAfterwards() throws Exception {
    try (var rig = Rig.ofOneRealm("outage")) {
      var realm = rig.newRealm();
      var wire = Wire.to(rig.bridge().scim(realm.name()));
      var phones = Phones.of(rig, realm, wire.uri());
      var crowd = new Crowd(realm, 7, ADMINISTRATORS);
      crowd.make(50);
      awaitSame(crowd, phones);
      phones.awaitNothingWaits(); // no answer is lost, so nothing may be sent twice
      rig.bridge().kill();

      for (int part = 0; part < PARTS; part++) {
        var next = Instant.now().plus(Duration.ofMinutes(MINUTES).dividedBy(PARTS));
        crowd.make(CHANGES / PARTS);
        await().forever().until(() -> !Instant.now().isBefore(next));
      }
      assertThat(crowd.refusals()).isEmpty();
      long before = System.nanoTime();
      rig.bridge().restart();

      awaitSame(crowd, phones);
      System.out.println(
          CHANGES
              + " changes in an outage of "
              + MINUTES
              + " minutes delivered "
              + (System.nanoTime() - before) / 1_000_000
              + " ms later");
      Told.inOrder(wire, phones.pbx());
      Told.madeOnce(wire);
      Told.once(wire);
      wire.close();
    }
  }

  private static void awaitSame(Crowd crowd, Phones phones) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(crowd.found(phones))
                    .containsExactlyElementsOf(crowd.expected(phones.realm())));
  }
}
