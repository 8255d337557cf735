package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody notices first; {@code mvn verify -Pfull} has the rest. */
@OnKeycloak
class ConnectorIT {
  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    phones = Phones.of(rig, own);
  }

  @Test
  void theJarIsSmall() throws Exception {
    assertThat(Files.size(Path.of(System.getProperty("connector.jar")))).isLessThan(3_000_000);
  }

  @Test
  void aNewUserHasAnAccount() {
    var ada = realm.createUser("ada");

    phones.awaitField(ada, "display_name", "ada Lovelace");
    phones.awaitField(ada, "email", ada.name() + "@example.com");
  }

  @Test
  void aRenamedUserKeepsTheAccount() {
    var ada = phones.person("ada");

    var renamed = ada.rename("countess");

    eventually(
        () -> assertThat(phones.entry(ada).path("userName").asText()).isEqualTo(renamed.name()));
    phones.awaitAccount(ada.name());
  }

  @Test
  void theAccountOfADisabledUserIsDisabled() {
    var ada = phones.person("ada");

    ada.disable();

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void whoJoinsAGroupIsAMember() {
    var ada = phones.person("ada");
    var sales = realm.createGroup("sales");

    ada.join(sales);

    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));
  }

  @Test
  void aDeletedUserHasNoAccount() {
    var ada = phones.person("ada");

    ada.delete();

    phones.awaitNoAccount(ada.name());
  }
}
