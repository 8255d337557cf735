package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People who sign in at another identity provider, here another realm. */
@Tag("long")
@OnKeycloak
class BrokerIT {
  private static final String PASSWORD = "Tr0ub4dor!xK";

  private Realm realm;
  private Phones phones;
  private User elsewhere;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    var entra = rig.newRealm();
    realm.createIdentityProvider("entra", entra);
    elsewhere = entra.createUser("ada");
    elsewhere.resetPassword(PASSWORD);
    phones = Phones.of(rig, own);
  }

  private void signIn() {
    realm
        .browser()
        .openLoginAt("entra")
        .submit(Map.of("username", elsewhere.name(), "password", PASSWORD));
  }

  @Test
  void whoSignsInForTheFirstTimeHasAnAccountThatIsBound() {
    signIn();

    phones.awaitAccount(elsewhere.name());
    eventually(
        () ->
            assertThat(phones.pbx().writes())
                .filteredOn(call -> call.path("path").asText().endsWith("/ms365_binding"))
                .extracting(call -> call.at("/body/id").asText())
                .contains(elsewhere.id()));
  }

  @Test
  void whoLinksTheirAccountThemselvesIsBound() {
    var bob = phones.person("bob");
    bob.resetPassword(PASSWORD);
    bob.grant(realm.clientRole("account", "manage-account-links"));

    realm
        .browser()
        .openAction("idp_link:entra")
        .submitForAnother(Map.of("username", bob.name(), "password", PASSWORD))
        .submitForAnother(Map.of()) // whether that is meant
        .submit(Map.of("username", elsewhere.name(), "password", PASSWORD));

    eventually(
        () ->
            assertThat(phones.writesTo(bob))
                .extracting(call -> call.at("/body/id").asText())
                .contains(elsewhere.id()));
  }

  @Test
  void aNameThatASignInBringsIsChanged() {
    signIn();
    phones.awaitAccount(elsewhere.name());
    elsewhere.update("'lastName':'King'");

    signIn();

    eventually(
        () ->
            assertThat(
                    phones.pbx().user(elsewhere.name()).orElseThrow().path("display_name").asText())
                .isEqualTo("ada King"));
  }
}
