package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import org.junit.jupiter.api.Test;

@OnKeycloak
class InstalledIT {
  @Test
  void keycloakStartsWithTheJar(Rig rig, Realm realm) {
    var ada = realm.createUser("ada");

    assertThat(realm.user("ada")).contains(ada);
    assertThat(rig.pbx().users()).isEmpty();
  }
}
