package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Ldap;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People who come from a directory, about whom Keycloak tells nobody anything. */
@Tag("long")
@OnKeycloak
class LdapIT {
  private static final int NEVER = -1;
  private static final int EVERY_SECOND = 1;

  private Ldap ldap;
  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig rig, Realm own) throws Exception {
    realm = own;
    ldap = Ldap.start();
    ldap.add(own.named("ada"), "Lovelace");
    phones = Phones.of(rig, own);
  }

  @AfterEach
  void close() {
    ldap.close();
  }

  @Test
  void whatAnAdministratorImportsIsThereAtOnce() throws Exception {
    var people = ldap.feed(realm, NEVER);
    people.syncAll();
    phones.awaitAccount(realm.named("ada"));

    ldap.rename(realm.named("ada"), "King");
    people.syncAll();

    awaitName("Ada King");
  }

  @Test
  void whatKeycloakImportsByItselfIsFoundByReconciliation() throws Exception {
    ldap.feed(realm, EVERY_SECOND);
    eventually(() -> assertThat(realm.user("ada")).isPresent());
    phones.target().syncAll();
    phones.awaitAccount(realm.named("ada"));

    ldap.rename(realm.named("ada"), "King");
    eventually(
        () ->
            assertThat(realm.user("ada").orElseThrow().read().path("lastName").asText())
                .isEqualTo("King"));
    phones.target().syncAll();

    awaitName("Ada King");
  }

  @Test
  void whoIsGoneFromTheDirectoryHasNoAccount() throws Exception {
    var people = ldap.feed(realm, NEVER);
    people.syncAll();
    phones.awaitAccount(realm.named("ada"));

    ldap.delete(realm.named("ada"));
    people.syncAll();
    assertThat(realm.user("ada")).isEmpty();
    phones.target().syncAll();

    phones.awaitNoAccount(realm.named("ada"));
  }

  @Test
  void whoseImportIsRemovedHasNoAccount() {
    var people = ldap.feed(realm, NEVER);
    people.syncAll();
    phones.awaitAccount(realm.named("ada"));
    ldap.close();

    people.removeImported();
    phones.target().syncChanged();

    phones.awaitNoAccount(realm.named("ada"));
  }

  @Test
  void whoIsImportedAnewKeepsTheAccountWhenTheFormerOnesAreReleased() throws Exception {
    var names = addSix();
    var people = ldap.feed(realm, NEVER);
    people.syncAll();
    names.forEach(phones::awaitAccount);
    phones.awaitNothingWaits();
    people.delete();
    eventually(() -> assertThat(phones.target().status().path("held").asInt()).isEqualTo(7));

    var anew = ldap.feed(realm, NEVER);
    anew.syncAll();
    eventually(() -> assertThat(phones.target().status().path("users").asInt()).isEqualTo(14));
    ldap.readdress(realm.named("ada"), "ada@example.org");
    anew.syncAll();
    awaitField("email", "ada@example.org");
    phones.target().tell("release");
    eventually(() -> assertThat(phones.target().status().path("users").asInt()).isEqualTo(7));

    phones.awaitNothingWaits();
    names.forEach(phones::awaitAccount);
  }

  @Test
  void whoWaitsToBeSentOnceMoreIsHeldAsWell() throws Exception {
    var names = addSix();
    var people = ldap.feed(realm, NEVER);
    people.syncAll();
    names.forEach(phones::awaitAccount);

    people.delete(); // while each is still to be read once more, 5 s after the import

    eventually(() -> assertThat(phones.target().status().path("held").asInt()).isEqualTo(7));
    phones.awaitNothingWaits();
    names.forEach(phones::awaitAccount);
  }

  private List<String> addSix() throws Exception {
    var names = new ArrayList<>(List.of(realm.named("ada")));
    for (int i = 0; i < 6; i++) {
      names.add(realm.named("u" + i));
      ldap.add(names.get(i + 1), "Lovelace");
    }
    return names;
  }

  private void awaitName(String expected) {
    awaitField("display_name", expected);
  }

  private void awaitField(String field, String expected) {
    eventually(
        () ->
            assertThat(phones.pbx().user(realm.named("ada")).orElseThrow().path(field).asText())
                .isEqualTo(expected));
  }
}
