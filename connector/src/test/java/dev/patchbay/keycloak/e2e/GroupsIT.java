package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Group;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way in which Keycloak changes a group or who is in it. */
@Tag("long")
@OnKeycloak
class GroupsIT {
  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    phones = Phones.of(rig, own);
  }

  @Test
  void aNewGroupIsThere() {
    var sales = realm.createGroup("sales");

    awaitGroups(sales.name());
  }

  @Test
  void aSubgroupIsThereUnderItsPath() {
    var sales = realm.createGroup("sales");

    var emea = sales.createSubgroup("emea");

    awaitGroups(sales.name(), path(sales, emea));
  }

  @Test
  void aRenamedGroupIsRenamedWithWhatIsBelow() {
    var sales = realm.createGroup("sales");
    var emea = sales.createSubgroup("emea");
    var ada = member("ada", emea, path(sales, emea));

    var selling = sales.rename("selling");

    awaitGroups(selling.name(), path(selling, emea));
    awaitMembers(path(selling, emea), ada);
  }

  @Test
  void aGroupThatMovesToAnotherParentKeepsItsMembers() {
    var sales = realm.createGroup("sales");
    var support = realm.createGroup("support");
    var emea = sales.createSubgroup("emea");
    var ada = member("ada", emea, path(sales, emea));

    emea.moveBelow(support);

    awaitGroups(sales.name(), support.name(), path(support, emea));
    awaitMembers(path(support, emea), ada);
  }

  @Test
  void aGroupThatMovesToTheTopKeepsItsMembers() {
    var sales = realm.createGroup("sales");
    var emea = sales.createSubgroup("emea");
    var ada = member("ada", emea, path(sales, emea));

    emea.moveToTheTop();

    awaitGroups(sales.name(), emea.name());
    awaitMembers(emea.name(), ada);
  }

  @Test
  void aDeletedGroupIsGoneAndItsMembersStay() {
    var sales = realm.createGroup("sales");
    var ada = member("ada", sales, sales.name());

    sales.delete();

    awaitGroups();
    phones.awaitAccount(ada.name());
  }

  @Test
  void aDeletedGroupTakesTheGroupsBelowWithIt() {
    var sales = realm.createGroup("sales");
    var emea = sales.createSubgroup("emea");
    member("ada", emea, path(sales, emea));

    sales.delete();

    awaitGroups();
  }

  @Test
  void whoLeavesAGroupIsNoMember() {
    var sales = realm.createGroup("sales");
    var ada = member("ada", sales, sales.name());
    var bob = member("bob", sales, sales.name());

    ada.leave(sales);

    awaitMembers(sales.name(), bob);
  }

  @Test
  void whoIsDeletedIsNoMember() {
    var sales = realm.createGroup("sales");
    var ada = member("ada", sales, sales.name());
    var bob = member("bob", sales, sales.name());

    ada.delete();

    awaitMembers(sales.name(), bob);
  }

  @Test
  void anOrganizationIsNoGroup() {
    var ada = phones.person("ada");
    var organization = realm.createOrganization("acme");

    realm.addMember(organization, ada);
    phones.awaitEverythingBefore();
    awaitGroups();
    realm.removeMember(organization, ada);
    phones.awaitAccount(ada.name());
  }

  @Test
  void anOrganizationThatIsDeletedTakesNobodyWithIt() {
    var ada = phones.person("ada");
    var organization = realm.createOrganization("acme");
    realm.addMember(organization, ada);

    realm.deleteOrganization(organization);
    phones.awaitEverythingBefore();

    awaitGroups();
    phones.awaitField(ada, "enabled", "true");
  }

  @Test
  void aGroupThatIsDefaultNoMoreKeepsItsMembersAndGetsNoNewOnes() {
    var everybody = realm.createGroup("everybody");
    everybody.becomeDefault();
    var ada = phones.person("ada");
    awaitMembers(everybody.name(), ada);

    everybody.endBeingDefault();
    phones.awaitEverythingBefore();

    awaitMembers(everybody.name(), ada);
  }

  private User member(String word, Group group, String nameThere) {
    var user = phones.person(word);
    user.join(group);
    eventually(() -> assertThat(phones.pbx().members(nameThere)).contains(user.name()));
    return user;
  }

  private void awaitMembers(String group, User... users) {
    List<String> names = Stream.of(users).map(User::name).toList();
    eventually(
        () -> assertThat(phones.pbx().members(group)).containsExactlyInAnyOrderElementsOf(names));
  }

  /** Of this realm: others are on the same PBX. */
  private void awaitGroups(String... names) {
    eventually(
        () ->
            assertThat(phones.pbx().groups())
                .extracting(group -> group.path("name").asText())
                .filteredOn(name -> name.endsWith("-" + realm.name()))
                .containsExactlyInAnyOrder(names));
  }

  private static String path(Group parent, Group child) {
    return parent.name() + "/" + child.name();
  }
}
