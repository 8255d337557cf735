package dev.patchbay.keycloak.e2e;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Role;
import dev.patchbay.keycloak.rig.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way in which Keycloak gives somebody a role or takes it away. */
@Tag("long")
@OnKeycloak
class RolesIT {
  private Realm realm;
  private Phones phones;
  private User ada;
  private Role manager;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    manager = own.createRole("pbx-manager");
    phones = Phones.of(rig, own);
    ada = phones.person("ada");
    awaitNoManager();
  }

  private void awaitManager() {
    phones.awaitField(ada, "role", "QueueManager");
  }

  private void awaitNoManager() {
    phones.awaitField(ada, "role", "StandardUser");
  }

  @Test
  void aRoleOfTheRealmIsGivenAndTaken() {
    ada.grant(manager);
    awaitManager();

    ada.revoke(manager);
    awaitNoManager();
  }

  @Test
  void aRoleOfAClientIsGivenAndTaken() {
    var lead = realm.createClientRole("phones", "lead");

    ada.grant(lead);
    awaitManager();

    ada.revoke(lead);
    awaitNoManager();
  }

  @Test
  void aRoleGoesWithItsClient() {
    var lead = realm.createClientRole("phones", "lead");
    ada.grant(lead);
    awaitManager();

    realm.deleteClient("phones");

    awaitNoManager();
  }

  @Test
  void aRoleOfAClientIsTheMembersOfAGroup() {
    var lead = realm.createClientRole("phones", "lead");
    var leads = realm.createGroup("leads");
    ada.join(leads);

    leads.grant(lead);
    awaitManager();

    leads.revoke(lead);
    awaitNoManager();
  }

  @Test
  void aRoleWithinARoleOfAClientIsGivenAndTaken() {
    var lead = realm.createClientRole("phones", "lead");
    var boss = realm.createClientRole("offices", "boss");
    ada.grant(boss);

    boss.include(lead);
    awaitManager();

    boss.exclude(lead);
    awaitNoManager();
  }

  @Test
  void aRoleThatIsRenamedCountsNoMore() {
    ada.grant(manager);
    awaitManager();

    manager.rename("pbx-boss");

    awaitNoManager();
  }

  @Test
  void aRoleThatIsRenamedToOneThatCountsIsGiven() {
    manager.delete();
    var boss = realm.createRole("pbx-boss");
    ada.grant(boss);

    boss.rename("pbx-manager");

    awaitManager();
  }

  @Test
  void aRoleThatIsDeletedIsTaken() {
    ada.grant(manager);
    awaitManager();

    manager.delete();

    awaitNoManager();
  }

  @Test
  void aRoleOfAGroupIsItsMembers() {
    var leads = realm.createGroup("leads");
    ada.join(leads);

    leads.grant(manager);
    awaitManager();

    leads.revoke(manager);
    awaitNoManager();
  }

  @Test
  void aRoleOfAGroupComesAndGoesWithTheMembership() {
    var leads = realm.createGroup("leads");
    leads.grant(manager);

    ada.join(leads);
    awaitManager();

    ada.leave(leads);
    awaitNoManager();
  }

  @Test
  void aRoleOfAGroupGoesWithTheGroup() {
    var leads = realm.createGroup("leads");
    leads.grant(manager);
    ada.join(leads);
    awaitManager();

    leads.delete();

    awaitNoManager();
  }

  @Test
  void aRoleOfAParentComesWithTheMove() {
    var leads = realm.createGroup("leads");
    leads.grant(manager);
    var team = realm.createGroup("team");
    ada.join(team);

    team.moveBelow(leads);
    awaitManager();

    team.moveToTheTop();
    awaitNoManager();
  }

  @Test
  void aRoleWithinARoleIsGivenAndTaken() {
    var boss = realm.createRole("boss");
    ada.grant(boss);

    boss.include(manager);
    awaitManager();

    boss.exclude(manager);
    awaitNoManager();
  }

  @Test
  void aRoleOfEverybodyIsGivenAndTaken() {
    var everybody = realm.role("default-roles-" + realm.name());

    everybody.include(manager);
    awaitManager();

    everybody.exclude(manager);
    awaitNoManager();
  }
}
