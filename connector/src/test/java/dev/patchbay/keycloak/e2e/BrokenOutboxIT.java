package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Postgres;
import dev.patchbay.keycloak.rig.Rig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An outbox that cannot be written to. On PostgreSQL, where one statement that fails spoils the
 * whole transaction unless it is undone.
 */
@Tag("long")
class BrokenOutboxIT {
  @Test
  void administrationGoesOnAndTheNextComparisonFindsWhatWasMissed() {
    try (var postgres = Postgres.start();
        var rig = Rig.onPostgres("broken", postgres)) {
      var realm = rig.newRealm();
      var phones = Phones.of(rig, realm);
      phones.person("before");
      postgres.execute("alter table patchbay_change rename to away");

      var ada = realm.createUser("ada");
      postgres.execute("alter table away rename to patchbay_change");
      phones.awaitEverythingBefore();

      assertThat(phones.pbx().user(ada.name())).isEmpty();
      phones.target().syncChanged();
      phones.awaitAccount(ada.name());
    }
  }
}
