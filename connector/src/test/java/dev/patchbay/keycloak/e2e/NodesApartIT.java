package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Group;
import dev.patchbay.keycloak.rig.Keycloak;
import dev.patchbay.keycloak.rig.Postgres;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Role;
import dev.patchbay.keycloak.rig.User;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two Keycloaks on one database that do not find each other. The one that sends keeps in memory
 * what roles and groups consist of; what the other changes is sent nevertheless.
 */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class NodesApartIT {
  private Postgres postgres;
  private Rig rig;
  private Keycloak other;
  private Realm here;
  private Realm there;
  private Phones phones;

  @BeforeAll
  void start() {
    postgres = Postgres.start();
    rig = Rig.apart("apart", postgres);
    other = rig.anotherNode();
  }

  @AfterAll
  void stop() {
    other.close();
    rig.close();
    postgres.close();
  }

  /** The node that the target was made at sends: it looks for it at once. */
  @BeforeEach
  void connect() {
    here = rig.newRealm();
    there = Realm.existing(other.admin(), here.name());
    // that the administrator may change a realm made elsewhere, this node does not know either
    Realm.existing(other.admin(), "master").http().post("/clear-realm-cache");
    phones = Phones.of(rig, here);
    phones.person("first");
    assertThat(phones.target().status().path("sentByThisNode").asBoolean()).isTrue();
  }

  @Test
  void aRoleWithinARoleIsGivenAndTaken() {
    var manager = here.createRole("pbx-manager");
    var boss = here.createRole("boss");
    var ada = phones.person("ada");
    ada.grant(boss);
    awaitStandard(ada);

    at(boss).include(at(manager));
    phones.awaitField(ada, "role", "QueueManager");

    at(boss).exclude(at(manager));
    awaitStandard(ada);
  }

  @Test
  void aRoleOfAGroupIsGivenAndTaken() {
    var manager = here.createRole("pbx-manager");
    var leads = here.createGroup("leads");
    var ada = phones.person("ada");
    ada.join(leads);
    awaitStandard(ada);

    at(leads).grant(at(manager));
    phones.awaitField(ada, "role", "QueueManager");

    at(leads).revoke(at(manager));
    awaitStandard(ada);
  }

  @Test
  void aRoleThatIsRenamedCountsNoMore() {
    var manager = here.createRole("pbx-manager");
    var ada = phones.person("ada");
    ada.grant(manager);
    phones.awaitField(ada, "role", "QueueManager");

    at(manager).rename("pbx-boss");

    awaitStandard(ada);
  }

  @Test
  void aGroupBelowOneThatIsRenamedHasTheNewPath() {
    var sales = here.createGroup("sales");
    var north = sales.createSubgroup("north");
    var ada = phones.person("ada");
    ada.join(north);
    awaitMember(sales.name() + "/" + north.name(), ada);

    var trade = at(sales).rename("trade");

    awaitMember(trade.name() + "/" + north.name(), ada);
  }

  @Test
  void aGroupThatIsMovedHasTheNewPathAndItsMembersTheRolesOfTheParent() {
    var manager = here.createRole("pbx-manager");
    var leads = here.createGroup("leads");
    leads.grant(manager);
    var team = here.createGroup("team");
    var ada = phones.person("ada");
    ada.join(team);
    awaitMember(team.name(), ada);

    at(team).moveBelow(at(leads));

    awaitMember(leads.name() + "/" + team.name(), ada);
    phones.awaitField(ada, "role", "QueueManager");
  }

  @Test
  void someoneWhoJoinsAndLeavesThereDoesSoAtThePhones() {
    var sales = here.createGroup("sales");
    var ada = phones.person("ada");
    var bob = phones.person("bob");
    ada.join(sales);
    awaitMember(sales.name(), ada);

    at(bob).join(at(sales));
    awaitMember(sales.name(), bob);

    at(ada).leave(at(sales));
    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(bob.name()));
  }

  /** As a node whose clock is centuries ahead would have marked who is there. */
  @Test
  void whomANodeWithAnotherClockSawIsComparedAgain() {
    var ada = phones.person("ada");
    phones.awaitNothingWaits();
    postgres.execute("update patchbay_remote set seen = 9999999999999, found = 9999999999999");

    disableSilently(ada);
    phones.target().syncChanged();

    phones.awaitField(ada, "enabled", "false");
  }

  /** As if the last comparison had been made by a node whose clock is centuries ahead. */
  @Test
  void theNextComparisonWaitsForNoOtherClock() {
    var ada = phones.person("ada");
    phones.awaitNothingWaits();
    disableSilently(ada);
    postgres.execute(
        "update patchbay_target set sync_started = 9999999999999, sync_ended = 9999999999999");

    phones.target().change(Map.of("reconcileMinutes", "60"));

    phones.awaitField(ada, "enabled", "false");
  }

  /** As a workflow, an extension or LDAP does, without any event. */
  private void disableSilently(User user) {
    postgres.execute("update user_entity set enabled = false where id = '%s'".formatted(user.id()));
  }

  private void awaitStandard(User user) {
    phones.awaitNothingWaits();
    phones.awaitField(user, "role", "StandardUser");
  }

  private void awaitMember(String group, User user) {
    eventually(() -> assertThat(phones.pbx().members(group)).contains(user.name()));
  }

  private Role at(Role role) {
    return new Role(there, role.client(), role.id(), role.name());
  }

  private Group at(Group group) {
    return new Group(there, group.id(), group.name());
  }

  private User at(User user) {
    return new User(there, user.id(), user.name());
  }
}
