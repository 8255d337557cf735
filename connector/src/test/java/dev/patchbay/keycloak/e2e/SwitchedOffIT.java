package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.KeycloakSettings;
import dev.patchbay.keycloak.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that is told to leave sending to others, or to nobody. */
@Tag("long")
class SwitchedOffIT {
  private static final String OFF = "--spi-events-listener--patchbay--enabled=false";

  @Test
  void nothingIsCapturedOrSentUntilItIsSwitchedOn() throws IOException {
    try (var rig = Rig.with("off", it -> it.built(OFF))) {
      var realm = rig.newRealm();
      var phones = Phones.of(rig, realm);

      var ada = realm.createUser("ada");

      assertThat(phones.target().syncAll().path("ignored").asBoolean()).isTrue();
      assertThat(phones.target().status().path("sentByThisNode").asBoolean()).isFalse();
      assertThat(Files.readString(rig.keycloak().log())).doesNotContain("connector started");
      assertThat(phones.pbx().writes()).isEmpty();

      rig.keycloak().stop();
      rig.keycloak().restart(KeycloakSettings::builtAsUsual);
      phones.awaitAccount(ada.name());
    }
  }
}
