package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Postgres;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An outbox that cannot be written to. On PostgreSQL, where one statement that fails spoils the
 * whole transaction unless it is undone.
 */
@Tag("long")
class BrokenOutboxIT {
  private static final String FAIL_CLOSED = "--spi-events-listener--patchbay--fail-closed=true";

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

  @Test
  void withFailClosedNothingChangesThatCannotBeCaptured() {
    try (var postgres = Postgres.start();
        var rig = Rig.onPostgres("closed", postgres, it -> it.started(FAIL_CLOSED))) {
      var realm = rig.newRealm();
      var phones = Phones.of(rig, realm);
      var before = phones.person("before");
      postgres.execute("alter table patchbay_change rename to away");

      assertRefused(realm, "POST", "/users", realm.person("ada", ""));
      assertRefused(realm, "PUT", "/users/" + before.id(), "{'enabled':false}");
      assertThat(realm.user("ada")).isEmpty();
      assertThat(before.read().path("enabled").asBoolean()).isTrue();

      postgres.execute("alter table away rename to patchbay_change");
      before.disable();
      phones.awaitField(before, "enabled", "false");
    }
  }

  private static void assertRefused(Realm realm, String method, String path, String body) {
    var answer = realm.http().send(method, path, Optional.of(body.replace('\'', '"')));
    assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(400);
  }
}
