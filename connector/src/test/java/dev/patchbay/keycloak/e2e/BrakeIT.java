package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.keycloak.rig.Group;
import dev.patchbay.keycloak.rig.Http;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would take many phones away at once waits for a person, whatever the way it comes. */
@Tag("long")
@OnKeycloak
class BrakeIT {
  /** One more than goes without a question. */
  private static final List<String> TEAM = List.of("ada", "bob", "cat", "dan", "eve", "fay");

  private Rig rig;
  private Realm realm;
  private Http status;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
    status =
        new Http(
            rig.keycloak().at("/realms/" + realm.name() + "/patchbay/phones"),
            rig.admin().http().token());
  }

  private Phones phones(String settings) {
    var target =
        realm.target(
            rig.bridge().scim(realm.name()),
            rig.bridge().token(),
            "'reconcileMinutes':['0']," + settings);
    return new Phones(rig.pbx(), rig.bridge().directory(realm.name()), realm, target);
  }

  private List<User> team(Group group, Phones phones) {
    var team = new ArrayList<User>();
    for (String each : TEAM) {
      var user = realm.createUser(each);
      user.join(group);
      team.add(user);
    }
    team.forEach(each -> phones.awaitAccount(each.name()));
    return team;
  }

  private void awaitHeld(int held) {
    eventually(() -> assertThat(status.get("").path("held").asInt()).isEqualTo(held));
  }

  private void change(Phones phones, String setting, String value) {
    var path = "/components/" + phones.target().id();
    var component = (ObjectNode) realm.http().get(path);
    component.withObject("/config").putArray(setting).add(value);
    realm.http().put(path, component.toString());
  }

  @Test
  void nobodyGoesWithAGroupThatIsMovedUntilAPersonSaysSo() {
    var staff = realm.createGroup("staff");
    var group = staff.createSubgroup("team");
    var phones = phones("'users':['group'],'usersIn':['/%s']".formatted(staff.name()));
    var team = team(group, phones);

    group.moveToTheTop();
    awaitHeld(TEAM.size());
    team.forEach(each -> each.update("'lastName':'King'")); // which is no reason to go
    var later = realm.createUser("later");
    later.join(staff);
    phones.awaitAccount(later.name());
    awaitHeld(TEAM.size());
    team.forEach(each -> phones.awaitField(each, "enabled", "true"));

    status.post("/release");
    team.forEach(each -> phones.awaitNoAccount(each.name()));
  }

  @Test
  void nobodyGoesWithTheRoleOfAGroupAndComesBackUnasked() {
    var group = realm.createGroup("team");
    var role = realm.createRole("pbx-user");
    group.grant(role);
    var phones = phones("'users':['role'],'usersIn':['pbx-user']");
    var team = team(group, phones);

    group.revoke(role);
    awaitHeld(TEAM.size());
    group.grant(role);

    awaitHeld(0);
    team.forEach(each -> phones.awaitField(each, "enabled", "true"));
  }

  /** As when the LDAP they come from is switched off. */
  @Test
  void manyWhoAreFoundDisabledKeepTheirPhonesUntilAPersonSaysSo() {
    var phones = phones("'users':['all']");
    var team = team(realm.createGroup("team"), phones);
    change(phones, "enabled", "false");

    team.forEach(User::disable);
    change(phones, "enabled", "true");
    awaitHeld(TEAM.size());
    team.forEach(each -> phones.awaitField(each, "enabled", "true"));

    status.post("/release");
    team.forEach(each -> phones.awaitField(each, "enabled", "false"));
  }

  @Test
  void anAccountOfNobodyIsCountedAndGoesIfThatIsThePolicy() {
    var phones = phones("'users':['all']");
    var ada = phones.person("ada");
    var lost = realm.named("lost");
    phones
        .directory()
        .post(
            "/Users",
            """
            {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'%s',
             'emails':[{'value':'%s@example.com'}],'externalId':'%s'}
            """
                .formatted(lost, lost, UUID.randomUUID()));
    phones.awaitAccount(lost);

    phones.target().syncAll();
    assertThat(status.get("").at("/sync/orphans").asInt()).isEqualTo(1);
    assertThat(phones.pbx().user(lost)).isPresent();

    change(phones, "unknownAccounts", "remove");
    phones.awaitNoAccount(lost);
    phones.awaitAccount(ada.name());
  }
}
