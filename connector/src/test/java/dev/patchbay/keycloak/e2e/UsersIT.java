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

/** Every way in which Keycloak changes a user. */
@Tag("long")
@OnKeycloak
class UsersIT {
  private static final String PASSWORD = "Tr0ub4dor!xK";

  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    phones = Phones.of(rig, own);
  }

  @Test
  void whoIsMadeDisabledHasADisabledAccount() {
    var ada = realm.createUser("ada", "'enabled':false");

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void whoIsMadeInAGroupIsAMember() {
    var sales = realm.createGroup("sales");

    var ada = realm.createUser("ada", "'groups':['/%s']".formatted(sales.name()));

    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));
  }

  @Test
  void whoIsMadeWhileAGroupIsDefaultIsAMember() {
    var everybody = realm.createGroup("everybody");
    everybody.becomeDefault();

    var ada = realm.createUser("ada");

    eventually(
        () -> assertThat(phones.pbx().members(everybody.name())).containsExactly(ada.name()));
  }

  @Test
  void aNameThatAnAdministratorChangesIsChanged() {
    var ada = phones.person("ada");

    ada.update("'lastName':'King'");

    phones.awaitField(ada, "display_name", "ada King");
  }

  @Test
  void whoIsEnabledAgainHasAnEnabledAccount() {
    var ada = phones.person("ada");
    ada.disable();
    phones.awaitField(ada, "enabled", "false");

    ada.enable();

    phones.awaitField(ada, "enabled", "true");
  }

  @Test
  void aResetPasswordChangesNothing() {
    var ada = phones.person("ada");
    int writes = phones.writesTo(ada).size();

    ada.resetPassword(PASSWORD);
    phones.awaitEverythingBefore();

    assertThat(phones.writesTo(ada)).hasSize(writes);
  }

  @Test
  void whoRegistersHasAnAccount() {
    var name = realm.named("grace");

    realm
        .browser()
        .openRegistration()
        .submit(
            Map.of(
                "username",
                name,
                "email",
                name + "@example.com",
                "firstName",
                "Grace",
                "lastName",
                "Hopper",
                "password",
                PASSWORD,
                "password-confirm",
                PASSWORD));

    phones.awaitAccount(name);
  }

  @Test
  void aNameThatItsOwnerChangesIsChanged() {
    var ada = signedUp();

    realm.accountOf(ada, PASSWORD).post("/", profile(ada, "King", ada.name()));

    phones.awaitField(ada, "display_name", "ada King");
  }

  @Test
  void anAddressThatItsOwnerChangesIsChanged() {
    var ada = signedUp();

    realm.accountOf(ada, PASSWORD).post("/", profile(ada, "Lovelace", "new-" + ada.name()));

    phones.awaitField(ada, "email", "new-" + ada.name() + "@example.com");
  }

  @Test
  void anAddressThatItsOwnerIsAskedForIsChanged() {
    realm.allowAction("UPDATE_EMAIL");
    var ada = signedUp();

    realm
        .browser()
        .openAction("UPDATE_EMAIL")
        .submitForAnother(Map.of("username", ada.name(), "password", PASSWORD))
        .submit(Map.of("email", "new-" + ada.name() + "@example.com"));

    phones.awaitField(ada, "email", "new-" + ada.name() + "@example.com");
  }

  @Test
  void aNameThatItsOwnerIsAskedForIsChanged() {
    var ada = signedUp();
    ada.update("'requiredActions':['UPDATE_PROFILE']");

    realm
        .browser()
        .openLogin()
        .submitForAnother(Map.of("username", ada.name(), "password", PASSWORD))
        .submit(
            Map.of(
                "username",
                ada.name(),
                "email",
                ada.name() + "@example.com",
                "firstName",
                "ada",
                "lastName",
                "King"));

    phones.awaitField(ada, "display_name", "ada King");
  }

  @Test
  void whomAWorkflowDisablesIsFoundByReconciliation() {
    var leaver = realm.createRole("leaver");
    realm.createWorkflow("leavers", "user-role-granted(leaver)", "disable-user");
    var ada = phones.person("ada");

    ada.grant(leaver);
    eventually(() -> assertThat(ada.read().path("enabled").asBoolean()).isFalse());
    phones.target().syncChanged();

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void whoDeletesTheirOwnAccountHasNone() {
    var ada = signedUp();
    realm.allowAction("delete_account");
    ada.grant(realm.clientRole("account", "delete-account"));

    realm
        .browser()
        .openAction("delete_account")
        .submitForAnother(Map.of("username", ada.name(), "password", PASSWORD))
        .submit(Map.of());

    phones.awaitNoAccount(ada.name());
  }

  @Test
  void whoIsLockedForAWhileKeepsAnEnabledAccount() {
    realm.update("'bruteForceProtected':true,'failureFactor':1");
    var ada = signedUp();

    realm.failToSignIn(ada);
    realm.failToSignIn(ada);
    phones.awaitEverythingBefore();

    phones.awaitField(ada, "enabled", "true");
  }

  @Test
  void anotherUserOfADeletedOnesNameHasAnAccount() {
    var first = phones.person("ada");
    first.delete();

    var second = realm.createUser("ada");

    eventually(
        () -> assertThat(phones.entry(second).path("userName").asText()).isEqualTo(second.name()));
    phones.awaitAccount(second.name());
  }

  private User signedUp() {
    var ada = phones.person("ada");
    ada.resetPassword(PASSWORD);
    return ada;
  }

  private static String profile(User user, String lastName, String mailbox) {
    return "{'username':'%s','firstName':'ada','lastName':'%s','email':'%s@example.com'}"
        .formatted(user.name(), lastName, mailbox);
  }
}
