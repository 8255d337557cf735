package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Http;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Wire;
import dev.patchbay.keycloak.rig.Wire.Fate.Answer;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What administrators see of the sending, and what they can do. */
@Tag("long")
@OnKeycloak
class StatusIT {
  private static final String PASSWORD = "Tr0ub4dor!xK";

  private Rig rig;
  private Realm realm;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
  }

  @Test
  void onlyWhoHasTheRoleMayLook() {
    var phones = Phones.of(rig, realm);
    var ada = phones.person("ada");
    ada.resetPassword(PASSWORD);

    assertThat(status(realm.sendingAsNobody())).isEqualTo(401);
    assertThat(status(realm.sendingAs(ada, PASSWORD))).isEqualTo(403);
    ada.grant(realm.clientRole("realm-management", "patchbay-admin"));
    assertThat(status(realm.sendingAs(ada, PASSWORD))).isEqualTo(200);
    assertThat(status(rig.newRealm().sendingAs(ada, PASSWORD))).isEqualTo(401);
  }

  private static int status(Http sending) {
    return sending.send("GET", "", Optional.empty()).status();
  }

  @Test
  void tellsWhatWaitsAndWhyAndSendsItOnceMore() {
    try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
      var phones = Phones.of(rig, realm, wire.uri());
      wire.let("POST", "/Users", new Answer(400));
      var ada = realm.createUser("ada");

      eventually(() -> assertThat(phones.target().status().path("blocked").asInt()).isEqualTo(1));
      var waiting = realm.sending().get("/phones/waiting").at("/waiting/0");
      assertThat(waiting.path("id").asText()).isEqualTo(ada.id());
      assertThat(waiting.path("state").asText()).isEqualTo("blocked");
      assertThat(waiting.path("reason").asText()).contains("POST /Users: HTTP 400");

      wire.letPass();
      realm.sending().post("/phones/retry/user/" + ada.id());
      phones.awaitAccount(ada.name());
      eventually(() -> assertThat(phones.target().status().path("blocked").asInt()).isZero());
    }
  }

  @Test
  void holdsManyLeaversUntilTheyAreReleased() {
    var role = realm.createRole("pbx-user");
    var phones =
        Phones.of(
            rig,
            realm,
            rig.bridge().scim(realm.name()),
            ",'users':['role'],'usersIn':['pbx-user']");
    var people = IntStream.range(0, 7).mapToObj(i -> realm.createUser("u" + i)).toList();
    var everybody = realm.role("default-roles-" + realm.name());
    everybody.include(role);
    people.forEach(each -> phones.awaitAccount(each.name()));

    everybody.exclude(role);
    eventually(() -> assertThat(phones.target().status().path("held").asInt()).isEqualTo(7));
    people.forEach(each -> phones.awaitAccount(each.name()));

    phones.target().tell("release");
    people.forEach(each -> phones.awaitNoAccount(each.name()));
  }

  @Test
  void whoIsBackWhenTheyAreReleasedStays() {
    var role = realm.createRole("pbx-user");
    var phones =
        Phones.of(
            rig,
            realm,
            rig.bridge().scim(realm.name()),
            ",'users':['role'],'usersIn':['pbx-user']");
    var people = IntStream.range(0, 7).mapToObj(i -> realm.createUser("u" + i)).toList();
    var everybody = realm.role("default-roles-" + realm.name());
    everybody.include(role);
    people.forEach(each -> phones.awaitAccount(each.name()));
    everybody.exclude(role);
    eventually(() -> assertThat(phones.target().status().path("held").asInt()).isEqualTo(7));

    people.get(0).grant(role);
    phones.target().tell("release");

    people.stream().skip(1).forEach(each -> phones.awaitNoAccount(each.name()));
    phones.awaitField(people.get(0), "enabled", "true");
  }

  @Test
  void keycloaksRemoveImportedRemovesNobody() {
    var phones = Phones.of(rig, realm);
    var ada = phones.person("ada");

    phones.target().removeImported();
    phones.target().syncAll();

    assertThat(realm.user("ada")).isPresent();
    phones.awaitField(ada, "enabled", "true");
  }

  @Test
  void metricsSayHowManyWereSent() {
    var phones = Phones.of(rig, realm);
    phones.person("ada");

    assertThat(rig.keycloak().metrics())
        .anyMatch(
            line ->
                line.startsWith("patchbay_deliveries_total{")
                    && line.contains("outcome=\"create\"")
                    && line.contains(phones.target().id()));
  }
}
