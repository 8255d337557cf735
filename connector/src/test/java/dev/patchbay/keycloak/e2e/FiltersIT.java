package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Targets that are not for everybody. */
@Tag("long")
@OnKeycloak
class FiltersIT {
  private Rig rig;
  private Realm realm;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
  }

  private Phones phones(String settings) {
    return Phones.of(rig, realm, rig.bridge().scim(realm.name()), "," + settings);
  }

  @Test
  void whoJoinsAndLeavesAGroupComesAndGoes() {
    var staff = realm.createGroup("staff");
    var team = staff.createSubgroup("team");
    var phones = phones("'users':['group'],'usersIn':['/%s']".formatted(staff.name()));
    var ada = realm.createUser("ada");
    var bob = realm.createUser("bob");

    ada.join(team);
    phones.awaitAccount(ada.name());
    assertThat(phones.pbx().user(bob.name())).isEmpty();

    ada.leave(team);
    phones.awaitNoAccount(ada.name());
  }

  @Test
  void whoIsGivenARoleComesAndGoes() {
    var role = realm.createRole("pbx-user");
    var phones = phones("'users':['role'],'usersIn':['pbx-user']");
    var ada = realm.createUser("ada");

    ada.grant(role);
    phones.awaitAccount(ada.name());

    ada.revoke(role);
    phones.awaitNoAccount(ada.name());
  }

  @Test
  void whoHasAnAttributeComesAndGoes() {
    var phones = phones("'users':['attribute'],'usersIn':['phone=yes']");
    var ada = realm.createUser("ada", "'attributes':{'phone':['yes']}");
    phones.awaitAccount(ada.name());

    ada.update(
        "'username':'%1$s','email':'%1$s@example.com','attributes':{'phone':['no']}"
            .formatted(ada.name()));

    phones.awaitNoAccount(ada.name());
  }

  @Test
  void nobodyGoesBecauseTheFiltersRoleWasRenamed() {
    var role = realm.createRole("pbx-user");
    var phones = phones("'users':['role'],'usersIn':['pbx-user']");
    var ada = realm.createUser("ada");
    ada.grant(role);
    phones.awaitAccount(ada.name());

    role.rename("phone-user");
    eventually(
        () ->
            assertThat(phones.target().status().at("/lastError/reason").asText())
                .contains("usersIn"));
    phones.target().change(Map.of("usersIn", "phone-user"));
    ada.update("'lastName':'King'");

    phones.awaitField(ada, "display_name", "ada King");
  }

  @Test
  void whoGoesIsDeactivatedIfThatIsThePolicy() {
    var phones = phones("'onRemoval':['deactivate']");
    var ada = phones.person("ada");

    ada.delete();

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void whoGoesIsKeptIfThatIsThePolicy() {
    var phones = phones("'onRemoval':['keep']");
    var ada = phones.person("ada");

    ada.delete();
    phones.awaitEverythingBefore();

    phones.awaitField(ada, "enabled", "true");
  }

  @Test
  void anAttributeIsSentAndTakenAway() {
    var phones = phones("'attributes':['phoneNumbers[mobile]=mobile']");
    var ada = realm.createUser("ada", "'attributes':{'mobile':['+49151555']}");
    phones.awaitField(ada, "mobile_phone", "+49151555");

    ada.update(
        "'username':'%1$s','email':'%1$s@example.com','attributes':{}".formatted(ada.name()));

    phones.awaitField(ada, "mobile_phone", "null");
  }

  @Test
  void oneRealmSendsToTwoTenants() {
    var berlin = realm.createGroup("berlin");
    var lisbon = realm.createGroup("lisbon");
    var here = phones("'users':['group'],'usersIn':['/%s']".formatted(berlin.name()));
    var there = rig.newRealm();
    realm.target(
        rig.bridge().scim(there.name()),
        rig.bridge().token(),
        "'reconcileMinutes':['0'],'users':['group'],'usersIn':['/%s']".formatted(lisbon.name()));
    var ada = realm.createUser("ada");
    ada.join(berlin);
    here.awaitAccount(ada.name());
    ada.leave(berlin);
    here.awaitNoAccount(ada.name());

    ada.join(lisbon);

    here.awaitAccount(ada.name());
    assertThat(rig.bridge().directory(there.name()).get("/Users").path("totalResults").asInt())
        .isEqualTo(1);
  }
}
