package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Answer;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import dev.patchbay.keycloak.rig.Wire;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An administrator makes mistakes, changes their mind and has bad luck. */
@Tag("long")
@OnKeycloak
class AdministratorIT {
  private static final Wire.Fate AWAY = new Wire.Fate.Answer(503);

  /** Not sent again at once as it was: what is sent next is read then. */
  private static final Wire.Fate FAILING = new Wire.Fate.Answer(500);

  private Rig rig;
  private Realm realm;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
  }

  @Test
  void aWrongUrlAndAWrongTokenAreSaidAndNotSaved() {
    var phones = Phones.of(rig, realm);
    var before = phones.target().settings().path("scimUrl");

    assertRefused(phones.target().tryToChange(Map.of("token", "wrong")), "token: the target");
    assertRefused(phones.target().tryToChange(Map.of("scimUrl", "nowhere")), "scimUrl: expected");
    assertRefused(
        phones.target().tryToChange(Map.of("scimUrl", rig.bridge().scim("nobody").toString())),
        "there is no such tenant");
    assertRefused(
        phones.target().tryToChange(Map.of("groups", "sales")), "groups: expected the path");
    assertThat(phones.target().settings().path("scimUrl")).isEqualTo(before);
    phones.person("ada");
  }

  /** While settings are checked, Keycloak shows them to others as if they were saved. */
  @Test
  void whatIsRefusedIsNotUsedMeanwhileEither() {
    var phones = Phones.of(rig, realm);
    var ada = phones.person("ada");

    for (int i = 0; i < 30; i++) {
      ada.update("'lastName':'King%d'".formatted(i));
      assertRefused(phones.target().tryToChange(Map.of("scimUrl", "nowhere")), "scimUrl: ");
    }

    phones.awaitField(ada, "display_name", "ada King29");
    assertThat(phones.target().status().has("lastError")).isFalse();
  }

  @Test
  void aTargetMovesToAnotherAddressWithItsToken() {
    try (var moved = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm);
      var ada = phones.person("ada");

      var newUrl = moved.uri().toString();
      assertRefused(
          phones.target().tryToChange(Map.of("scimUrl", newUrl)), "token: expected another one");
      assertRefused(
          phones.target().tryToChange(Map.of("scimUrl", newUrl, "token", rig.bridge().token())),
          "or the same once more as secretAgain");
      phones.target().change(Map.of("scimUrl", newUrl, "secretAgain", rig.bridge().token()));
      ada.update("'lastName':'King'");

      phones.awaitField(ada, "display_name", "ada King");
      assertThat(moved.writes()).anyMatch(it -> it.body().contains("King"));
      assertThat(phones.target().settings().has("secretAgain")).isFalse();
      assertThat(phones.target().settings().at("/token/0").asText()).isEqualTo("**********");
    }
  }

  @Test
  void aTargetThatIsAwayIsSavedWithoutACheckAndFilledWhenItIsBack() {
    var ada = realm.createUser("ada");
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      wire.let("GET", "/ServiceProviderConfig", AWAY);
      assertRefused(
          realm.tryTarget(wire.uri(), rig.bridge().token(), "'reconcileMinutes':['0']"),
          "scimUrl: ");

      wire.let("POST", "/Users", AWAY);
      var phones = Phones.of(rig, realm, wire.uri(), ",'checkOnSave':['false']");
      eventually(() -> assertThat(wire.writes()).anyMatch(it -> it.status() == 503));
      wire.letPass();

      phones.awaitAccount(ada.name());
    }
  }

  @Test
  void twoUsersSwapTheirNames() {
    var phones = Phones.of(rig, realm);
    var ada = phones.person("ada");
    var bob = phones.person("bob");

    swapNames(ada, bob);

    awaitSwapped(phones, ada, bob);
  }

  @Test
  void twoUsersSwapTheirNamesWhileTheTargetIsAway() {
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm, wire.uri());
      var ada = phones.person("ada");
      var bob = phones.person("bob");
      phones.awaitNothingWaits();
      wire.let("PATCH", "/Users", FAILING);

      swapNames(ada, bob);
      awaitTried(wire, ada.name(), bob.name());
      wire.letPass();

      awaitSwapped(phones, ada, bob);
    }
  }

  @Test
  void threeUsersPassTheirNamesOnWhileTheTargetIsAway() {
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm, wire.uri());
      var people = List.of(phones.person("ada"), phones.person("bob"), phones.person("cyd"));
      phones.awaitNothingWaits();
      wire.let("PATCH", "/Users", FAILING);

      people.get(0).rename("tmp");
      people.get(2).rename("ada");
      people.get(1).rename("cyd");
      people.get(0).rename("bob");
      awaitTried(wire, people.get(0).name(), people.get(1).name(), people.get(2).name());
      wire.letPass();

      awaitNamed(phones, people.get(0), people.get(1).name());
      awaitNamed(phones, people.get(1), people.get(2).name());
      awaitNamed(phones, people.get(2), people.get(0).name());
      awaitNothingLeft(phones);
    }
  }

  @Test
  void twoUsersSwapTheirAddressesWhileTheTargetIsAway() {
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm, wire.uri());
      var ada = phones.person("ada");
      var bob = phones.person("bob");
      phones.awaitNothingWaits();
      wire.let("PATCH", "/Users", FAILING);

      ada.update("'email':'nobody@example.com'");
      bob.update("'email':'%s@example.com'".formatted(ada.name()));
      ada.update("'email':'%s@example.com'".formatted(bob.name()));
      awaitTried(wire, ada.name() + "@example.com", bob.name() + "@example.com");
      wire.letPass();

      phones.awaitField(ada, "email", bob.name() + "@example.com");
      phones.awaitField(bob, "email", ada.name() + "@example.com");
    }
  }

  /** The name of who was renamed goes to somebody new while the target is away. */
  @Test
  void aNewUserGetsTheNameOfOneWhoWasRenamed() {
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm, wire.uri());
      var ada = phones.person("ada");
      phones.awaitNothingWaits();
      wire.let("PATCH", "/Users", FAILING);

      var countess = ada.rename("countess");
      ada.update("'email':'countess-%s@example.com'".formatted(realm.name()));
      var other = realm.createUser("ada", "'lastName':'Byron'");
      wire.letPass();

      awaitNamed(phones, countess, countess.name());
      awaitNamed(phones, other, other.name());
      awaitNothingLeft(phones);
      assertThat(phones.entry(countess).path("id")).isNotEqualTo(phones.entry(other).path("id"));
    }
  }

  /** An administrator's own word is not held, however many it is about. */
  @Test
  void manyWhomAnAdministratorDisablesAreDisabled() {
    var phones = Phones.of(rig, realm);
    var people = IntStream.range(0, 12).mapToObj(i -> realm.createUser("u" + i)).toList();
    people.forEach(each -> phones.awaitAccount(each.name()));

    people.forEach(User::disable);

    people.forEach(each -> phones.awaitField(each, "enabled", "false"));
    assertThat(phones.target().status().path("held").asInt()).isZero();
  }

  @Test
  void nobodyGoesBecauseTheFiltersGroupWasDeleted() {
    var staff = realm.createGroup("staff");
    var phones =
        Phones.of(
            rig,
            realm,
            rig.bridge().scim(realm.name()),
            ",'users':['group'],'usersIn':['/%s']".formatted(staff.name()));
    var ada = realm.createUser("ada");
    ada.join(staff);
    phones.awaitAccount(ada.name());

    staff.delete();
    awaitUnusable(phones, "usersIn: the realm has no group");
    phones.awaitField(ada, "enabled", "true");

    var anew = realm.createGroup("people");
    ada.join(anew);
    phones.target().change(Map.of("usersIn", "/" + anew.name()));
    ada.update("'lastName':'King'");
    phones.awaitField(ada, "display_name", "ada King");
  }

  /** Both targets lead to the same tenant, as after a form that was sent twice. */
  @Test
  void twoTargetsOfOneTenantDoNotSpoilEachOther() {
    var phones = Phones.of(rig, realm);
    URI tenant = rig.bridge().scim(realm.name());
    var twin =
        realm.component(
            "twin",
            "patchbay",
            "'scimUrl':['%s'],'token':['%s'],'reconcileMinutes':['0'],'groups':['*']"
                .formatted(tenant, rig.bridge().token()));
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    ada.join(sales);
    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));

    ada.update("'lastName':'King'");
    phones.awaitField(ada, "display_name", "ada King");
    twin.delete();
    ada.leave(sales);
    ada.disable();

    phones.awaitField(ada, "enabled", "false");
    eventually(() -> assertThat(phones.pbx().members(sales.name())).isEmpty());
    assertThat(phones.directory().get("/Users").path("totalResults").asInt()).isEqualTo(1);
  }

  /** Each of these names was refused to its new owner, and so will be sent as the first thing. */
  private static void awaitTried(Wire wire, String... names) {
    for (String name : names) {
      eventually(
          () ->
              assertThat(wire.writes())
                  .anyMatch(it -> it.status() == 500 && it.body().contains('"' + name + '"')));
    }
  }

  private void swapNames(User ada, User bob) {
    ada.rename("tmp");
    bob.rename("ada");
    ada.rename("bob");
  }

  private static void awaitSwapped(Phones phones, User ada, User bob) {
    awaitNamed(phones, ada, bob.name());
    awaitNamed(phones, bob, ada.name());
    awaitNothingLeft(phones);
  }

  private static void awaitNamed(Phones phones, User user, String userName) {
    eventually(() -> assertThat(phones.entry(user).path("userName").asText()).isEqualTo(userName));
  }

  private static void awaitNothingLeft(Phones phones) {
    phones.awaitNothingWaits();
    assertThat(phones.target().status().path("blocked").asInt()).isZero();
  }

  private static void awaitUnusable(Phones phones, String reason) {
    eventually(
        () ->
            assertThat(phones.target().status().at("/lastError/reason").asText()).contains(reason));
  }

  private static void assertRefused(Answer answer, String reason) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().path("errorMessage").asText()).contains(reason);
  }
}
